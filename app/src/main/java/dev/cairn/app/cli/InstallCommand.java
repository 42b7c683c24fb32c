// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.transaction.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Installs packages, or items of the store, into the profile. */
@Command(name = "install")
final class InstallCommand extends ChangeCommand {
    @Parameters(arity = "0..*", paramLabel = "PACKAGE", descriptionKey = "packages")
    private List<String> packages = new ArrayList<>();

    @Option(names = {"-m", "--manifest"}, paramLabel = "FILE", descriptionKey = "manifest", order = 19)
    private @Nullable String manifest;

    @Mixin
    private AtFlag at = new AtFlag();

    @Mixin
    private RecommendsFlag recommends = new RecommendsFlag();

    @Override
    void prepare(Workspace workspace, EventSink events) throws CairnException {
        at.apply(workspace, events);
    }

    @Override
    List<Request> requests(Workspace workspace) throws CairnException {
        if ((manifest == null) == packages.isEmpty()) {
            throw new UsageException(Texts.text("error.packages-or-manifest"));
        }
        if (manifest != null) {
            return ManifestFile.requests(ManifestFile.read(manifest, workspace), workspace.profile().manifest());
        }
        List<Request> requests = new ArrayList<>();
        for (String text : packages) {
            requests.add(
                    StoreItems.isFileName(text)
                            ? new Request.InstallItem(StoreItems.named(workspace, text))
                            : new Request.Install(Specifications.parse(text), recommends.said()));
        }
        return requests;
    }

    @Override
    String nothingToDo() {
        return Texts.text("nothing-to-install");
    }
}
