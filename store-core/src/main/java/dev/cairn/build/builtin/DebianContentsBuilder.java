// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.debian.ArReader;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code builtin:debian-contents} makes the output {@code out} of a package of Debian's, a {@code .deb} file (deb(5)).
 * Variables: {@code src}, the file; {@code format}, {@code 1}. The output holds
 *
 * <ul>
 *   <li>{@code tree/}, the files of the package under {@link MergedUsr merged} names, not owned by anybody in
 *       particular and without set-user-ID and set-group-ID bits, which the log tells of
 *   <li>{@code control/}, what the package says about itself ({@code control}, {@code postinst}, {@code triggers} and
 *       so on), none of it executable, without the list of digests
 *   <li>{@code set-id}, the names of files that lost such bits, a line each; only where there are any
 * </ul>
 *
 * <p>Files are not trusted, though their hash was: see {@link TarUnpacking}. In addition nothing may take more than a
 * thousand times the room of the file, and names that come twice must be equal.
 */
public final class DebianContentsBuilder implements Builtin {
    private static final int BUFFER = 128 * 1024;
    private static final long MAX_CONTROL = 256L << 20;
    private static final long MAX_SMALL = 1L << 30;
    private static final int MAX_RATIO = 1000;
    private static final Set<String> COMPRESSIONS = Set.of("gz", "bz2", "xz", "lzma", "zst");

    @Override
    public String name() {
        return "debian-contents";
    }

    @Override
    public boolean needsTemporaryFolder() {
        return false;
    }

    @Override
    public void build(Context context) throws CairnException, IOException {
        String source = BuiltinInputs.variable(context, "src");
        String format = BuiltinInputs.variable(context, "format");
        Path output = context.outputs().get("out");
        if (!format.equals("1") || output == null || context.outputs().size() != 1) {
            throw new BuiltinException("builtin:debian-contents has 'format' 1 and exactly one output, 'out'");
        }
        Path file = BuiltinInputs.file(context.layout(), source);
        Files.createDirectory(output);
        try (CountingInput counting = new CountingInput(Files.newInputStream(file))) {
            new Package(context, output, Files.size(file), counting).unpack();
        } catch (DamagedException e) {
            throw new BuiltinException("the package '" + source + "' cannot be read: " + e.getMessage(), e);
        } catch (FormatException e) {
            throw new BuiltinException("'" + source + "' is no package of Debian's: " + e.getMessage(), e);
        }
    }

    /** One file on its way. */
    private record Package(Context context, Path output, long size, CountingInput counting) {
        void unpack() throws CairnException, IOException {
            ArReader members = new ArReader(new BufferedInputStream(counting, BUFFER));
            ArReader.Member first = next(members);
            String version = new String(first.content().readNBytes(2), StandardCharsets.US_ASCII);
            if (!first.name().equals("debian-binary") || !version.equals("2.")) {
                throw new FormatException("package", "it does not start with 'debian-binary' of version 2");
            }
            unpack(members, "control.tar", "control", new ControlFiles(), MAX_CONTROL);
            long most = Math.max(MAX_SMALL, Math.multiplyExact(size, MAX_RATIO));
            MergedUsr placement = new MergedUsr(context.activity()::log);
            unpack(members, "data.tar", "tree", placement, most);
            if (!placement.privileged().isEmpty()) {
                Files.write(output.resolve("set-id"), placement.privileged());
            }
        }

        private static ArReader.Member next(ArReader members) throws FormatException, IOException {
            return members.next().orElseThrow(() -> new FormatException("package", "a part is missing"));
        }

        private void unpack(
                ArReader members, String name, String to, TarUnpacking.Placement placement, long most)
                throws CairnException, IOException {
            ArReader.Member member = next(members);
            // Parts whose names begin so are for others (deb(5)).
            while (member.name().startsWith("_")) {
                member = next(members);
            }
            if (!member.name().startsWith(name)) {
                throw new FormatException("package", "'" + member.name() + "' is where '" + name + "' should be");
            }
            OutputTree tree = new OutputTree(output.resolve(to));
            tree.directory(List.of());
            try (InputStream plain = open(member.content(), member.name().substring(name.length()))) {
                TarUnpacking unpacking = new TarUnpacking(plain, tree, placement, most);
                while (unpacking.next()) {
                    if (unpacking.entries() % 64 == 0) {
                        progress();
                    }
                }
            }
            progress();
        }

        private static InputStream open(InputStream in, String ending) throws FormatException, IOException {
            if (ending.isEmpty()) {
                return in;
            }
            if (!COMPRESSIONS.contains(ending.substring(1))) {
                throw new FormatException("package", "its compression '" + ending + "' is not known");
            }
            return Decompression.open(in, ending.substring(1));
        }

        private void progress() {
            context.activity().progress(counting.count(), OptionalLong.of(size));
        }
    }

    /** What a package says about itself. */
    private static final class ControlFiles implements TarUnpacking.Placement {
        @Override
        public Optional<List<String>> of(List<String> name, boolean directory) {
            return name.equals(List.of("md5sums")) ? Optional.empty() : Optional.of(name);
        }

        @Override
        public boolean takesLink(String entry, List<String> place, String target) throws BuiltinException {
            throw new BuiltinException("'" + entry + "' is refused: it is a link among the control files");
        }

        @Override
        public boolean isExecutable(String entry, int mode) {
            return false;
        }
    }
}
