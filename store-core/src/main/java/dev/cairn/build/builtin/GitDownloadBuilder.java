// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.build.sandbox.ExitStatus;
import dev.cairn.build.sandbox.HostTool;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.OctetString;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.Interrupts;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code builtin:git-download} checks a revision out of a repository by the host's {@code git} (daemon, section 9).
 * Variables: {@code url}, a Scheme string; {@code commit}, the name of a commit or tag; {@code recursive?}, {@code #t}
 * to check out submodules, too. What it brings is compared with the promised hash like all fixed outputs.
 */
public final class GitDownloadBuilder implements Builtin {
    private static final List<String> HANDED_ON = List.of(
            "http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO");

    @Override
    public String name() {
        return "git-download";
    }

    @Override
    public boolean isGuix() {
        return true;
    }

    @Override
    public void build(Context context) throws BuiltinException, DaemonException, IOException {
        Path output = context.outputs().get("out");
        if (output == null || !context.derivation().isFixedOutput()) {
            throw new BuiltinException("'" + context.path() + "' is not a fixed-output derivation");
        }
        HostTool git = HostTool.find("git")
                .orElseThrow(() -> new BuiltinException(
                        "git is not installed on this machine", Optional.of("As root: apt install git")));
        String address = address(context);
        String commit = BuiltinInputs.variable(context, "commit");
        if (address.startsWith("-") || commit.startsWith("-")) {
            throw new BuiltinException(
                    "neither an address nor a commit begins with a hyphen: " + address + " " + commit);
        }
        boolean recursive = BuiltinInputs.optional(context, "recursive?").filter("#t"::equals).isPresent();
        Files.createDirectory(output);
        Files.setPosixFilePermissions(output, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Activities.Activity download = context.activity().child(Event.Kind.DOWNLOAD, address)) {
            Git run = new Git(git, context, output);
            checkOut(run, address, commit, recursive, download);
            deleteMetadata(output);
            download.finish();
        }
    }

    private static void checkOut(
            Git git, String address, String commit, boolean recursive, Activities.Activity download)
            throws BuiltinException, DaemonException, IOException {
        git.mustDo("init", "--quiet", "--initial-branch=main");
        git.mustDo("remote", "add", "origin", address);
        if (git.does("fetch", "--quiet", "--depth", "1", "origin", commit)) {
            git.mustDo("-c", "advice.detachedHead=false", "checkout", "--quiet", "FETCH_HEAD");
        } else {
            // Not every server gives a single commit.
            download.note("'" + address + "' does not give '" + commit + "' alone, so all of it is fetched");
            git.mustDo("fetch", "--quiet", "origin");
            git.mustDo("-c", "advice.detachedHead=false", "checkout", "--quiet", commit);
        }
        if (recursive) {
            git.mustDo("submodule", "--quiet", "update", "--init", "--recursive");
        }
    }

    private static String address(Context context) throws BuiltinException {
        String value = BuiltinInputs.variable(context, "url");
        try {
            if (SchemeReader.read(value) instanceof Datum.Text(String text)) {
                return text;
            }
            throw new BuiltinException("'url' is no text: " + value);
        } catch (FormatException e) {
            throw new BuiltinException("'url' cannot be read: " + e.getMessage(), e);
        }
    }

    /** What git keeps for itself says when and how it was fetched. */
    private static void deleteMetadata(Path folder) throws IOException {
        for (Path entry : FileTrees.entries(folder)) {
            Interrupts.check();
            if (entry.endsWith(".git")) {
                FileTrees.delete(entry);
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                deleteMetadata(entry);
            }
        }
    }

    /** Runs git in the output. */
    private static final class Git {
        private final HostTool program;
        private final Context context;
        private final Path folder;
        private final SortedMap<String, String> environment = new TreeMap<>();
        private String last = "";

        Git(HostTool program, Context context, Path folder) {
            this.program = program;
            this.context = context;
            this.folder = folder;
            environment.put("PATH", HostTool.PATH);
            environment.put("HOME", context.temporary().toString());
            environment.put("GIT_TERMINAL_PROMPT", "0");
            environment.put("GIT_CONFIG_NOSYSTEM", "1");
            for (String name : HANDED_ON) {
                String value = System.getenv(name);
                if (value != null) {
                    environment.put(name, OctetString.ofText(value));
                }
            }
        }

        boolean does(String... arguments) throws DaemonException, IOException {
            List<String> octets = List.of(arguments).stream().map(OctetString::ofText).toList();
            ExitStatus status = program.run(octets, environment, folder, (buffer, length) -> {
                String text = new String(buffer, 0, length, StandardCharsets.UTF_8);
                context.telling().write(text);
                text.lines().filter(line -> !line.isBlank()).forEach(line -> {
                    last = line;
                    context.activity().log(line);
                });
            });
            return status.isSuccess();
        }

        void mustDo(String... arguments) throws BuiltinException, DaemonException, IOException {
            if (!does(arguments)) {
                throw new BuiltinException(
                        "git cannot " + String.join(" ", arguments) + (last.isEmpty() ? "" : ": " + last));
            }
        }
    }
}
