// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;

/**
 * Describes a binary package and writes it as a .deb (deb(5)). Names of files are relative to the root, such as {@code
 * usr/bin/hello}; the folders that they lie in are made up where nothing says otherwise. What is in {@link #raw} is
 * written as it is, so that packages can be made that no honest tool makes.
 *
 * <p>Nothing depends on the clock: equal descriptions give equal octets.
 */
public final class DebWriter {
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final TarWriter data = new TarWriter();
    private final TarWriter control = new TarWriter();
    private final List<String> conffiles = new ArrayList<>();
    private final Map<String, byte[]> extraMembers = new LinkedHashMap<>();
    private Packing dataPacking = Packing.XZ;
    private Packing controlPacking = Packing.XZ;
    private String format = "2.0\n";

    private DebWriter(String name, String version) {
        fields.put("Package", name);
        fields.put("Version", version);
        fields.put("Architecture", "amd64");
        fields.put("Maintainer", "A Maintainer <maintainer@example.org>");
        fields.put("Section", "misc");
        fields.put("Priority", "optional");
        fields.put("Description", "package " + name + " of a test\n It is there to be installed.");
    }

    /** A package for {@code amd64} with all the fields that every package has, and no files. */
    public static DebWriter of(String name, String version) {
        return new DebWriter(name, version);
    }

    /** Sets a field of the control file; every further line of the value starts with a space. */
    public DebWriter field(String name, String value) {
        fields.put(name, value);
        return this;
    }

    public DebWriter architecture(String architecture) {
        return field("Architecture", architecture);
    }

    public DebWriter depends(String relations) {
        return field("Depends", relations);
    }

    public DebWriter essential() {
        return field("Essential", "yes");
    }

    /** @param mode such as 0644; may have the bits for set-uid and set-gid */
    public DebWriter file(String name, int mode, String text) {
        return file(name, mode, text.getBytes(UTF_8));
    }

    public DebWriter file(String name, int mode, byte[] contents) {
        data.file("./" + name, mode, contents);
        return this;
    }

    /** An executable file in {@code usr/bin}. */
    public DebWriter program(String name, String text) {
        return file("usr/bin/" + name, 0755, text);
    }

    public DebWriter directory(String name, int mode) {
        data.directory("./" + name + "/", mode);
        return this;
    }

    /** @param target written as it is, absolute or not */
    public DebWriter symlink(String name, String target) {
        data.symlink("./" + name, target);
        return this;
    }

    /** @param existing a file that was put in before */
    public DebWriter hardLink(String name, String existing) {
        data.hardLink("./" + name, "./" + existing);
        return this;
    }

    /** A file that belongs to the user once installed. */
    public DebWriter conffile(String name, String text) {
        conffiles.add("/" + name);
        return file(name, 0644, text);
    }

    /** A maintainer script such as {@code postinst}. */
    public DebWriter script(String name, String text) {
        control.file("./" + name, 0755, text.getBytes(UTF_8));
        return this;
    }

    /** Another file of the control archive, such as {@code triggers}. */
    public DebWriter controlFile(String name, String text) {
        control.file("./" + name, 0644, text.getBytes(UTF_8));
        return this;
    }

    public DebWriter packing(Packing ofControl, Packing ofData) {
        controlPacking = ofControl;
        dataPacking = ofData;
        return this;
    }

    /** The data archive, for entries that honest packages do not have: names with {@code ..}, devices, pipes. */
    public TarWriter raw() {
        return data;
    }

    /** What the member {@code debian-binary} says instead of {@code 2.0}. */
    public DebWriter format(String text) {
        format = text;
        return this;
    }

    /** Another member behind the usual three. */
    public DebWriter member(String name, byte[] contents) {
        extraMembers.put(name, contents);
        return this;
    }

    public String name() {
        return value("Package");
    }

    public String version() {
        return value("Version");
    }

    public String architecture() {
        return value("Architecture");
    }

    /** A field's value as it was set. */
    public Optional<String> find(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** {@code NAME_VERSION_ARCHITECTURE.deb}, the version without its epoch. */
    public String fileName() {
        return name() + "_" + version().replaceFirst("^[0-9]+:", "") + "_" + architecture() + ".deb";
    }

    /** The control file. */
    public Map<String, String> fields() {
        Map<String, String> all = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.equals("Description")) {
                all.put("Installed-Size", Long.toString((data.size() + 1023) / 1024));
            }
            all.put(name, value);
        });
        return all;
    }

    /** The package. */
    public byte[] octets() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(bytes)) {
            member(ar, "debian-binary", format.getBytes(US_ASCII));
            member(ar, "control.tar" + controlPacking.suffix(), controlPacking.pack(controlArchive()));
            member(ar, "data.tar" + dataPacking.suffix(), dataPacking.pack(data.octets()));
            for (Map.Entry<String, byte[]> extra : extraMembers.entrySet()) {
                member(ar, extra.getKey(), extra.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the package into a folder, under its usual name. */
    public Path write(Path folder) throws IOException {
        return Files.write(folder.resolve(fileName()), octets());
    }

    private byte[] controlArchive() {
        TarWriter all = new TarWriter();
        all.file("./control", 0644, Paragraphs.text(fields()).getBytes(UTF_8));
        if (!conffiles.isEmpty()) {
            all.file("./conffiles", 0644, (String.join("\n", conffiles) + "\n").getBytes(UTF_8));
        }
        all.addAll(control);
        return all.octets();
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] contents) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, contents.length, 0, 0, 0100644, TarWriter.TIME.getEpochSecond()));
        ar.write(contents);
        ar.closeArchiveEntry();
    }

    private String value(String field) {
        return find(field).orElseThrow();
    }
}
