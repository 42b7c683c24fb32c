// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.debian.DebReader;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
            DebReader parts = new DebReader(new BufferedInputStream(counting, BUFFER));
            unpack(parts.control(), "control", new ControlFiles(), MAX_CONTROL);
            long most = Math.max(MAX_SMALL, Math.multiplyExact(size, MAX_RATIO));
            MergedUsr placement = new MergedUsr(context.activity()::log);
            unpack(parts.data(), "tree", placement, most);
            if (!placement.privileged().isEmpty()) {
                Files.write(output.resolve("set-id"), placement.privileged());
            }
        }

        private void unpack(DebReader.Part part, String to, TarUnpacking.Placement placement, long most)
                throws CairnException, IOException {
            OutputTree tree = new OutputTree(output.resolve(to));
            tree.directory(List.of());
            try (InputStream plain = Decompression.open(part.content(), part.compression())) {
                TarUnpacking unpacking = new TarUnpacking(plain, tree, placement, most);
                while (unpacking.next()) {
                    if (unpacking.entries() % 64 == 0) {
                        progress();
                    }
                }
            }
            progress();
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
