// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.debian.PackageName;
import dev.cairn.error.CairnException;
import dev.cairn.fs.Symlinks;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code builtin:debian-package} makes the output {@code out} of packages of Debian's that need each other, mostly of
 * a single one: links to what they are made of and to what they need, so that the store knows of both. Variables, the
 * values being words: {@code packages}, their names, with {@code :ARCHITECTURE} where that is not the machine's own;
 * {@code contents}, the item of the contents of each, in this order; {@code dependencies}, items of this kind; {@code
 * format}, {@code 1}.
 *
 * <p>The output holds {@code debian/contents/NAME}, a link to the contents, and {@code debian/dependencies/ITEM}, a
 * link to the item of that base name.
 */
public final class DebianPackageBuilder implements Builtin {
    @Override
    public String name() {
        return "debian-package";
    }

    @Override
    public boolean needsTemporaryFolder() {
        return false;
    }

    @Override
    public void build(Context context) throws CairnException, IOException {
        List<String> packages = words(context, "packages");
        List<StorePath> contents = items(context, "contents");
        Path output = context.outputs().get("out");
        if (!BuiltinInputs.variable(context, "format").equals("1")
                || output == null
                || context.outputs().size() != 1
                || packages.size() != contents.size()) {
            throw new BuiltinException("builtin:debian-package has 'format' 1, exactly one output, 'out', and contents"
                    + " for each package");
        }
        Path folder = Files.createDirectories(output.resolve("debian/contents"));
        for (int i = 0; i < packages.size(); i++) {
            checkName(packages.get(i));
            Symlinks.create(folder.resolve(packages.get(i)), contents.get(i).toString());
        }
        Path needed = Files.createDirectory(output.resolve("debian/dependencies"));
        for (StorePath dependency : items(context, "dependencies")) {
            Symlinks.create(needed.resolve(dependency.baseName()), dependency.toString());
        }
    }

    private static void checkName(String text) throws BuiltinException {
        int colon = text.indexOf(':');
        boolean valid = colon < 0
                ? PackageName.isValid(text)
                : PackageName.isValid(text.substring(0, colon))
                        && PackageName.isArchitecture(text.substring(colon + 1));
        if (!valid) {
            throw new BuiltinException("'" + text + "' is no name of a package");
        }
    }

    private static List<StorePath> items(Context context, String variable) throws CairnException {
        List<StorePath> items = new ArrayList<>();
        for (String word : words(context, variable)) {
            items.add(context.layout().storeDirectory().parse(word));
        }
        return items;
    }

    private static List<String> words(Context context, String variable) throws BuiltinException {
        String text = BuiltinInputs.variable(context, variable);
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
