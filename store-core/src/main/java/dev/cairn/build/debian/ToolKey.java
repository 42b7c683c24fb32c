// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.fs.Octets;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.path.StorePath;
import dev.cairn.tree.MergedTree;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names for what tools make, unlike whenever anything is that it is made of: the script; the items of the tool and of
 * the programs that scripts use, which stand for all that these need; the items with something in the places that the
 * tool reads, and what lies over these; files under other names.
 *
 * @param root the overlay's folder, in which is what lies over packages
 */
record ToolKey(MergedTree tree, Closure closure, Path root, String diversions) {
    /** Changes with what stays out of the key: how tools are run. */
    private static final String VERSION = "1";

    private static final List<String> USED = List.of("sh", "cp", "find", "ln", "mkdir", "rm", "timeout", "xargs");

    /** The name of what a task makes, in letters and digits. */
    String of(ToolTasks.Wanted wanted) throws IOException {
        HashingOutputStream hash = new HashingOutputStream(HashAlgorithm.SHA256);
        try (DataOutputStream out = new DataOutputStream(hash)) {
            out.writeUTF(VERSION);
            out.writeUTF(wanted.task().script());
            out.writeUTF(String.join(" ", wanted.task().places()));
            out.writeUTF(diversions);
            SortedSet<String> programs = new TreeSet<>(List.of(wanted.owner()));
            for (String name : USED) {
                tree.owner("usr/bin/" + name).ifPresent(programs::add);
            }
            write(out, programs, closure.items());
            for (String place : wanted.reads().places()) {
                MergedTree.Origins origins = tree.origins(place);
                out.writeUTF(place);
                write(out, origins.packages(), wanted.reads().loads() ? closure.items() : closure.contents());
                for (Path file : origins.laidOver()) {
                    write(out, Octets.of(root.relativize(file)));
                    write(out, Files.isSymbolicLink(file)
                            ? Octets.of(Files.readSymbolicLink(file))
                            : Files.readAllBytes(file));
                }
            }
        }
        Hash result = hash.hash();
        return result.base32();
    }

    private static void write(DataOutputStream out, Collection<String> packages, Map<String, StorePath> items)
            throws IOException {
        out.writeInt(packages.size());
        for (String name : packages) {
            StorePath item = items.get(name);
            out.writeUTF(name + " " + (item == null ? "" : item.toString()));
        }
    }

    private static void write(DataOutputStream out, byte[] octets) throws IOException {
        out.writeInt(octets.length);
        out.write(octets);
    }
}
