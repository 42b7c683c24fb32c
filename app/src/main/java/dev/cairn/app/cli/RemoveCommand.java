// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.transaction.Request;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes packages from the profile. */
@Command(name = "remove")
final class RemoveCommand extends ChangeCommand {
    @Parameters(arity = "1..*", paramLabel = "PACKAGE", descriptionKey = "installed-packages")
    private List<String> packages = new ArrayList<>();

    @Override
    List<Request> requests(Workspace workspace) throws CairnException {
        List<Request> requests = new ArrayList<>();
        for (String text : packages) {
            requests.add(new Request.Remove(Specifications.parse(text)));
        }
        return requests;
    }

    @Override
    String nothingToDo() {
        return Texts.text("nothing-to-remove");
    }
}
