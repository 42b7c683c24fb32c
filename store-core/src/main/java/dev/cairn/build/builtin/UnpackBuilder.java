// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code builtin:unpack} makes the output {@code out} of a tar archive, plain or compressed by gzip, bzip2, xz or
 * zstd, which its first octets tell. Variables: {@code src}, the archive; {@code strip}, how many leading components
 * of the names are dropped, 0 by default (entries with no more than those are left out).
 *
 * <p>Archives are not trusted. Refused with the entry's name: absolute names and those with {@code ..}, names that
 * come twice or lead through a link, links that lead outside the tree, devices and pipes, more than 100 levels, more
 * than 4 million entries.
 */
public final class UnpackBuilder implements Builtin {
    private static final int MAX_STRIP = 100;
    private static final int BUFFER = 128 * 1024;

    @Override
    public String name() {
        return "unpack";
    }

    @Override
    public boolean needsTemporaryFolder() {
        return false;
    }

    @Override
    public void build(Context context) throws BuiltinException, IOException {
        String source = BuiltinInputs.variable(context, "src");
        Path archive = BuiltinInputs.file(context.layout(), source);
        Path root = context.outputs().get("out");
        if (root == null || context.outputs().size() != 1) {
            throw new BuiltinException("builtin:unpack has exactly one output, 'out'");
        }
        OutputTree tree = new OutputTree(root);
        OptionalLong size = OptionalLong.of(Files.size(archive));
        try (CountingInput counting = new CountingInput(Files.newInputStream(archive));
                InputStream plain = Decompression.open(new BufferedInputStream(counting, BUFFER))) {
            TarUnpacking unpacking = new TarUnpacking(plain, tree, new Stripped(strip(context)), Long.MAX_VALUE);
            while (unpacking.next()) {
                if (unpacking.entries() % 64 == 0) {
                    context.activity().progress(counting.count(), size);
                }
            }
            context.activity().progress(counting.count(), size);
        } catch (DamagedException e) {
            throw new BuiltinException("the archive '" + source + "' cannot be read: " + e.getMessage(), e);
        }
        if (!tree.exists()) {
            throw new BuiltinException("nothing of '" + source + "' is left to unpack");
        }
    }

    private static int strip(Context context) throws BuiltinException {
        String text = BuiltinInputs.optional(context, "strip").orElse("0");
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > MAX_STRIP) {
            throw new BuiltinException("'strip' must be a number from 0 to " + MAX_STRIP + ", not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** Leaves leading components away; a tree whose links stay inside. */
    private record Stripped(int strip) implements TarUnpacking.Placement {
        @Override
        public Optional<List<String>> of(List<String> name, boolean directory) {
            return name.size() > strip || name.size() == strip && directory
                    ? Optional.of(name.subList(strip, name.size()))
                    : Optional.empty();
        }

        @Override
        public boolean takesLink(String entry, List<String> place, String target) throws BuiltinException {
            int depth = place.size() - 1;
            boolean outside = target.startsWith("/");
            for (String part : target.split("/")) {
                if (part.equals("..")) {
                    depth--;
                } else if (!part.isEmpty() && !part.equals(".")) {
                    depth++;
                }
                outside |= depth < 0;
            }
            if (outside) {
                throw new BuiltinException("'" + entry + "' is refused: it is a link to '" + target + "' outside");
            }
            return true;
        }
    }
}
