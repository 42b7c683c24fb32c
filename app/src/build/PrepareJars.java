// SPDX-License-Identifier: Apache-2.0
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Run by the build, as a source file: makes of jars what the JVM's start-up caches can take. A jar that needs none of
 * this stays as it is.
 *
 * <ul>
 *   <li>Classes older than Java 8 are left out of caches, and verifying them at every start took 100 ms of the command
 *       line's time: they are rewritten into that version, with the stack maps it asks for.
 *   <li>Classes that are signed are left out too, and checking a signature costs more than loading the class:
 *       signatures are dropped. Maven has compared the jar's checksum.
 *   <li>Sealed packages end a JVM with such a cache (JDK 25): the seal is dropped.
 * </ul>
 */
final class PrepareJars {
    private static final int OLDEST_KEPT = ClassFile.JAVA_8_VERSION;
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");

    private PrepareJars() {}

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
        boolean changed = false;
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(rewritten))) {
            ClassFile format = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] contents = in.readAllBytes();
                if (SIGNATURE.matcher(entry.getName()).matches()) {
                    changed = true;
                    continue;
                }
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    byte[] plain = plainManifest(contents);
                    changed |= !Arrays.equals(plain, contents);
                    contents = plain;
                } else if (entry.getName().endsWith(".class")) {
                    ClassModel model = format.parse(contents);
                    if (model.majorVersion() < OLDEST_KEPT) {
                        contents = modern(format, model);
                        changed = true;
                    }
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(contents);
            }
        }
        if (changed) {
            Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(rewritten);
        }
    }

    /** Without digests of entries and without a seal; unchanged where there are none. */
    private static byte[] plainManifest(byte[] contents) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(contents));
        boolean sealed = manifest.getMainAttributes().remove(Attributes.Name.SEALED) != null;
        if (!sealed && manifest.getEntries().isEmpty()) {
            return contents;
        }
        manifest.getEntries().clear();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        manifest.write(plain);
        return plain.toByteArray();
    }

    private static byte[] modern(ClassFile format, ClassModel model) {
        ClassTransform version = (builder, element) -> {
            ClassElement kept = element instanceof ClassFileVersion ? ClassFileVersion.of(OLDEST_KEPT, 0) : element;
            builder.with(kept);
        };
        // Stack maps are made only for code that passes through a transformation, be it one that changes nothing.
        return format.transformClass(
                model, version.andThen(ClassTransform.transformingMethodBodies((code, element) -> code.with(element))));
    }
}
