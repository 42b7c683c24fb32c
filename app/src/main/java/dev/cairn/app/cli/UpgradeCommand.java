// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.transaction.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Brings installed packages to their newest versions. */
@Command(name = "upgrade")
final class UpgradeCommand extends ChangeCommand {
    @Parameters(arity = "0..*", paramLabel = "PACKAGE", descriptionKey = "upgraded-packages")
    private List<String> packages = new ArrayList<>();

    @Mixin
    private RecommendsFlag recommends = new RecommendsFlag();

    @Override
    List<Request> requests(Workspace workspace) throws CairnException {
        if (packages.isEmpty()) {
            return List.of(new Request.Upgrade(Optional.empty(), recommends.said()));
        }
        List<Request> requests = new ArrayList<>();
        for (String text : packages) {
            requests.add(new Request.Upgrade(Optional.of(Specifications.parse(text)), recommends.said()));
        }
        return requests;
    }

    @Override
    String nothingToDo() {
        return Texts.text("nothing-to-upgrade");
    }
}
