// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.FileProblem;
import dev.cairn.app.Workspace;
import dev.cairn.channel.Selection;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarSink;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.trust.KeyFiles;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Carries items from one store to another, and says whose items are welcome. */
@Command(name = "archive")
final class ArchiveCommand extends CairnCommand {
    private static final int BUFFER_SIZE = 1 << 16;

    /** What a public key of Nix's kind looks like. */
    private static final Pattern NIX_KEY = Pattern.compile("[^\\s():]+:[A-Za-z0-9+/=]+");

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Action action = new Action();

    @Parameters(arity = "0..*", paramLabel = "PACKAGE|ITEM", descriptionKey = "archive-items")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            descriptionKey = "archive-recursive",
            order = 30)
    private boolean recursive;

    @Option(names = "--json", descriptionKey = "json", order = 31)
    private boolean json;

    @Mixin
    private BuildFlags flags = new BuildFlags();

    /** What to do; exactly one. */
    private static final class Action {
        @Option(names = "--export", descriptionKey = "archive-export", order = 20)
        private boolean export;

        @Option(names = "--import", descriptionKey = "archive-import", order = 21)
        private boolean importing;

        @Option(names = "--missing", descriptionKey = "archive-missing", order = 22)
        private boolean missing;

        @Option(
                names = {"-x", "--extract"},
                paramLabel = "DIR",
                descriptionKey = "archive-extract",
                order = 23)
        private @Nullable String extract;

        @Option(
                names = {"-t", "--list"},
                descriptionKey = "archive-list",
                order = 24)
        private boolean list;

        @Option(
                names = "--generate-key",
                arity = "0..1",
                fallbackValue = SecretKey.DEFAULT_PARAMETERS,
                paramLabel = "PARAMETERS",
                descriptionKey = "archive-generate-key",
                order = 25)
        private @Nullable String generateKey;

        @Option(names = "--authorize", descriptionKey = "archive-authorize", order = 26)
        private boolean authorize;

        @Option(names = "--list-authorized", descriptionKey = "archive-list-authorized", order = 27)
        private boolean listAuthorized;
    }

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        if (!names.isEmpty() && !action.export) {
            throw new UsageException(Texts.text("error.archive-arguments"));
        }
        if (json && !action.listAuthorized) {
            throw new UsageException(Texts.text("error.archive-json"));
        }
        if (action.export) {
            export(session, workspace);
        } else if (action.importing) {
            importItems(session, workspace);
        } else if (action.missing) {
            missing(session, workspace);
        } else if (action.list) {
            read(session, new NarListing(session.out()));
        } else if (action.extract != null) {
            extract(session, Path.of(action.extract));
        } else if (action.generateKey != null) {
            generateKey(session, workspace, action.generateKey);
        } else if (action.authorize) {
            authorize(session, workspace);
        } else {
            listAuthorized(session, workspace);
        }
        return ExitCode.OK;
    }

    /** What is to go into an archive. */
    private static final class Cargo {
        private final SequencedSet<StorePath> items = new LinkedHashSet<>();
        private final List<BuildTarget> targets = new ArrayList<>();
        private final SequencedSet<StorePath> fetched = new LinkedHashSet<>();

        void add(Workspace workspace, String name) throws CairnException {
            if (StoreItems.isFileName(name)) {
                items.add(StoreItems.named(workspace, name));
                return;
            }
            Specification specification = Specifications.parse(name);
            switch (workspace.origin(specification)) {
                case Selection.Origin.Built _ -> {
                    DerivationArgument argument = DerivationArgument.of(workspace, name);
                    targets.add(new BuildTarget(
                            argument.derivation(),
                            new TreeSet<>(argument.wantedOutputs().keySet())));
                    items.addAll(argument.wantedOutputs().values());
                }
                case Selection.Origin.Fetched _ -> {
                    SequencedSet<StorePath> outputs = new PackageItems(workspace).outputs(specification);
                    fetched.addAll(outputs);
                    items.addAll(outputs);
                }
            }
        }
    }

    private void export(Session session, Workspace workspace) throws CairnException, IOException {
        Cargo cargo = new Cargo();
        flags.configure(workspace.daemon());
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            for (String name : names) {
                cargo.add(workspace, name);
            }
            if (!cargo.targets.isEmpty()) {
                workspace.daemon().build(cargo.targets, flags.options(), progress);
            }
            if (!cargo.fetched.isEmpty()) {
                workspace.daemon().ensure(cargo.fetched, flags.options(), progress);
            }
            progress.end();
        }
        ArchiveExport.of(workspace.daemon(), cargo.items, recursive).writeTo(session.out().stream());
    }

    private static void importItems(Session session, Workspace workspace) throws CairnException, IOException {
        List<StorePath> items;
        try (Progress progress = new Progress(session)) {
            items = workspace.daemon().importItems(buffered(session), progress);
            progress.end();
        }
        for (StorePath item : items) {
            session.out().line(item.toString());
        }
    }

    private static void missing(Session session, Workspace workspace) throws CairnException, IOException {
        List<StorePath> asked = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                asked.add(workspace.layout().storeDirectory().parse(line.strip()));
            }
        }
        SortedSet<StorePath> valid = workspace.daemon().valid(asked);
        for (StorePath item : asked) {
            if (!valid.contains(item)) {
                session.out().line(item.toString());
            }
        }
    }

    private static void extract(Session session, Path folder) throws CairnException, IOException {
        if (FileTrees.exists(folder)) {
            throw new FailureException(Texts.text("error.archive-exists", folder), Optional.empty());
        }
        boolean complete = false;
        try {
            read(session, NarFiles.restore(folder));
            complete = true;
        } catch (FileSystemException e) {
            throw new FailureException(
                    Texts.text("error.cannot-write", String.valueOf(e.getFile()), FileProblem.of(e)), Optional.empty());
        } finally {
            if (!complete) {
                FileTrees.deleteShielded(folder);
            }
        }
    }

    private static void read(Session session, NarSink sink) throws FormatException, IOException {
        NarReader reader = new NarReader(buffered(session));
        reader.read(sink);
        reader.expectEnd();
    }

    private static void generateKey(Session session, Workspace workspace, String parameters) throws CairnException {
        try {
            session.note(Texts.text("archive-generating"));
            keys(workspace).generate(SexpReader.read(parameters));
        } catch (IOException e) {
            throw cannotKeep(workspace, e);
        }
    }

    private static void authorize(Session session, Workspace workspace) throws CairnException, IOException {
        byte[] octets = session.in().readNBytes(SexpReader.MAX_LENGTH + 1);
        String text = new String(octets, StandardCharsets.ISO_8859_1).strip();
        KeyFiles files = keys(workspace);
        try {
            if (NIX_KEY.matcher(text).matches()) {
                files.authorise(NixPublicKey.parse(text));
            } else {
                files.authorise(PublicKey.read(octets));
            }
        } catch (FormatException e) {
            throw new FailureException(
                    Texts.text("error.no-key", e.getMessage()), Optional.of(Texts.text("hint.no-key")));
        } catch (IOException e) {
            throw cannotKeep(workspace, e);
        }
    }

    private void listAuthorized(Session session, Workspace workspace) throws CairnException, IOException {
        List<AuthorizedKey> keys = AuthorizedKey.of(workspace);
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                keys.forEach(key -> key.write(generator));
                generator.writeEndArray();
            });
        } else if (keys.isEmpty()) {
            session.note(Texts.text("archive-nobody-authorized"));
        } else {
            AuthorizedKey.print(session.out(), keys);
        }
    }

    private static FailureException cannotKeep(Workspace workspace, IOException problem) {
        String reason = problem instanceof FileSystemException file
                ? FileProblem.of(file)
                : String.valueOf(problem.getMessage());
        return new FailureException(
                Texts.text("error.cannot-write", workspace.layout().configuration(), reason), Optional.empty());
    }

    private static KeyFiles keys(Workspace workspace) {
        return new KeyFiles(workspace.layout().configuration());
    }

    private static InputStream buffered(Session session) {
        return new BufferedInputStream(session.in(), BUFFER_SIZE);
    }
}
