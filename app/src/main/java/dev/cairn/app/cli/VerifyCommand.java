// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.VerificationReport;
import dev.cairn.error.CairnException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks the store. */
@Command(name = "verify")
final class VerifyCommand extends CairnCommand {
    @Option(names = "--contents", descriptionKey = "verify-contents", order = 10)
    private boolean contents;

    @Option(names = "--repair", descriptionKey = "verify-repair", order = 10)
    private boolean repair;

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        VerificationReport report;
        try (Progress progress = new Progress(session)) {
            report = workspace.daemon().verify(contents, repair, progress);
        }
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartObject();
                generator.writeBooleanProperty("sound", report.isSound());
                generator.writeNumberProperty("checked", report.checked());
                Json.strings(generator, "missing", report.missing());
                Json.strings(generator, "corrupt", report.corrupt());
                Json.strings(generator, "repaired", report.repaired());
                generator.writeEndObject();
            });
        } else {
            for (var item : report.repaired()) {
                session.out().line(Texts.text("verify.repaired", item));
            }
            for (var item : report.missing()) {
                session.out().line(Texts.text("verify.missing", item));
            }
            for (var item : report.corrupt()) {
                session.out().line(Texts.text("verify.corrupt", item));
            }
            session.out().line(Texts.text(report.isSound() ? "verify.sound" : "verify.unsound", report.checked()));
        }
        return report.isSound() ? ExitCode.OK : ExitCode.FAILURE;
    }
}
