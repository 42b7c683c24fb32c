// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.build.hook.HookInputs;
import dev.cairn.build.hook.ProfileHooks;
import dev.cairn.build.hook.ToolHooks;
import dev.cairn.build.sandbox.Bubblewrap;
import dev.cairn.build.sandbox.StoreTool;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.Derivation;
import dev.cairn.encoding.Utf8;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.LogicalFiles;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.ManifestReader;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * {@code builtin:profile}: the directory of a profile (formats, section 10.7). The variable {@code manifest} names the
 * item, an input source, that is the text of the manifest; the output holds the union of all items in it, the text
 * itself as {@code manifest}, {@code etc/profile}, and what {@link ProfileHooks} and {@link ToolHooks} make over all
 * items, the latter with tools of these and of the items, input sources, that the variable {@code tools} names.
 * Packages of Debian archives, which need each other's files at fixed places, are no part of the union: the variable
 * {@code debian} names the item, an input source, that has them, and the output a link of that name to it.
 */
public final class ProfileBuilder implements Builtin {
    private static final int MAX_MANIFEST = 32 << 20;

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public void build(Context context) throws CairnException, IOException {
        byte[] text = manifestText(context.derivation(), context.layout());
        Manifest manifest = ManifestReader.read(context.layout().storeDirectory(), decode(text));
        Optional<StorePath> debian = debian(context.derivation(), context.layout(), manifest);
        StorePath item = context.derivation().outputPaths().getFirst();
        Path output = context.outputs().get("out");
        Path logical = Path.of(item.toString());
        LogicalFiles files = new LogicalFiles(context.layout()).with(logical, output);

        SequencedSet<StorePath> items = new LinkedHashSet<>();
        manifest.transitiveEntries().stream()
                .filter(entry -> !isDebian(entry))
                .forEach(entry -> items.add(entry.item()));
        List<Path> inputs = items.stream().map(input -> Path.of(input.toString())).toList();
        unite(context, files, logical, inputs);
        if (debian.isPresent()) {
            FileTrees.delete(output.resolve("debian"));
            DirectoryUnion.link(output.resolve("debian"), Path.of(debian.get().toString()));
        }
        FileTrees.delete(output.resolve("manifest"));
        Files.write(output.resolve("manifest"), text);
        makeEtc(files, output.resolve("etc"), logical.resolve("etc"));
        FileTrees.delete(output.resolve("etc/profile"));
        Files.writeString(
                output.resolve("etc/profile"), ProfileScript.text(manifest.searchPaths(), logical, files));
    }

    /** Makes the union, in which what is made over all items comes before them. */
    private static void unite(Context context, LogicalFiles files, Path profile, List<Path> items)
            throws CairnException, IOException {
        Path made = Files.createDirectory(context.temporary().resolve("made"));
        HookInputs inputs = new HookInputs(files, items);
        ProfileHooks.make(inputs, made);
        new ToolHooks(
                        inputs,
                        tools(context),
                        (output, folders) -> new DirectoryUnion(files, _ -> {}).build(output, folders),
                        (command, folder, output) -> run(context, command, folder, output),
                        context.activity()::log,
                        context.activity()::note,
                        Files.createDirectory(context.temporary().resolve("tasks")))
                .make(made);
        Path own = profile.resolveSibling(profile.getFileName() + "-made");
        List<Path> all = new ArrayList<>();
        if (!FileTrees.entries(made).isEmpty()) {
            all.add(own);
        }
        all.addAll(items);
        new DirectoryUnion(files.with(own, made), context.activity()::log, Optional.of(own))
                .build(context.outputs().get("out"), all);
    }

    /** Items that may have tools, besides the profile's own. */
    private static List<Path> tools(Context context) throws FormatException {
        List<Path> tools = new ArrayList<>();
        for (String name : BuiltinInputs.optional(context, "tools").filter(names -> !names.isEmpty())
                .map(names -> names.split(" ")).orElse(new String[0])) {
            tools.add(Path.of(source(name, context.derivation(), context.layout()).toString()));
        }
        return tools;
    }

    private static Optional<String> run(Context context, List<String> command, Path folder, Path output)
            throws IOException {
        StoreTool.Ending ending;
        try {
            Bubblewrap bubblewrap = Bubblewrap.find(System.getenv().getOrDefault("PATH", ""));
            ending = new StoreTool(bubblewrap, context.layout(), context.temporary()).run(command, folder, output);
        } catch (DaemonException e) {
            return Optional.of(e.getMessage());
        }
        if (ending.exitCode() == 0) {
            return Optional.empty();
        }
        ending.log().lines().limit(20).forEach(line -> context.activity().log("  " + line));
        return Optional.of("the program for it failed (exit code " + ending.exitCode() + ")");
    }

    private static byte[] manifestText(Derivation derivation, StoreLayout layout) throws CairnException, IOException {
        String name = derivation.environment().get("manifest");
        if (name == null || !derivation.outputs().keySet().equals(Set.of("out"))) {
            throw new FormatException(
                    "derivation", "builtin:profile needs the variable 'manifest' and the single output 'out'");
        }
        StorePath manifest = source(name, derivation, layout);
        Path file = layout.physical(manifest);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_MANIFEST) {
            throw new FormatException(
                    "manifest", "'" + manifest + "' is no file of at most " + MAX_MANIFEST + " octets");
        }
        return Files.readAllBytes(file);
    }

    private static Optional<StorePath> debian(Derivation derivation, StoreLayout layout, Manifest manifest)
            throws FormatException {
        String name = derivation.environment().get("debian");
        if ((name != null) != manifest.entries().stream().anyMatch(ProfileBuilder::isDebian)) {
            throw new FormatException(
                    "derivation", "builtin:profile needs the variable 'debian' just where there are such packages");
        }
        return name == null ? Optional.empty() : Optional.of(source(name, derivation, layout));
    }

    private static boolean isDebian(ManifestEntry entry) {
        return entry.properties().containsKey(ManifestEntry.DEBIAN);
    }

    private static StorePath source(String name, Derivation derivation, StoreLayout layout) throws FormatException {
        StorePath item = layout.storeDirectory().parse(name);
        if (!derivation.inputSources().contains(item)) {
            throw new FormatException("derivation", "'" + item + "' is not among the input sources");
        }
        return item;
    }

    private static String decode(byte[] text) throws FormatException {
        try {
            return Utf8.decode(text);
        } catch (CharacterCodingException _) {
            throw new FormatException("manifest", "not in UTF-8");
        }
    }

    /** Makes sure that {@code etc} is a directory of the profile's own, so that a file can be put into it. */
    private static void makeEtc(LogicalFiles files, Path etc, Path logical) throws UnionException, IOException {
        if (!Files.isSymbolicLink(etc)) {
            if (FileTrees.exists(etc) && !Files.isDirectory(etc)) {
                throw new UnionException("'etc' is not a directory", "One of the packages is not made for profiles.");
            }
            Files.createDirectories(etc);
            return;
        }
        Path target = Files.readSymbolicLink(etc);
        if (!files.isDirectory(logical)) {
            throw new UnionException(
                    "'" + target + "' is not a directory", "The package it belongs to cannot be in a profile.");
        }
        Files.delete(etc);
        Files.createDirectory(etc);
        for (Path name : files.names(target)) {
            DirectoryUnion.link(etc.resolve(name), target.resolve(name));
        }
    }
}
