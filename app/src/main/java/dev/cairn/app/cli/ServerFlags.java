// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.error.CairnException;
import dev.cairn.substitute.SubstituteServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which servers of substitutes a command asks: those that are named, else those that the store fetches from. */
final class ServerFlags {
    @Option(names = "--substitute-urls", paramLabel = "URLS", descriptionKey = "survey-urls", order = 10)
    private @Nullable String urls;

    /** @throws FailureException when there are none */
    List<SubstituteServer> servers(Workspace workspace) throws CairnException {
        List<String> chosen = urls == null
                ? workspace.daemon().settings().substituteUrls()
                : SubstituteUrls.parse(urls);
        if (chosen.isEmpty()) {
            throw new FailureException(
                    Texts.text("error.no-servers"), Optional.of(Texts.text("hint.no-servers")));
        }
        List<SubstituteServer> servers = new ArrayList<>();
        for (String url : chosen) {
            servers.add(new SubstituteServer(SubstituteUrls.address(url)));
        }
        return servers;
    }
}
