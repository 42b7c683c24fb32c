// SPDX-License-Identifier: Apache-2.0
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Run by the build, as a source file: rewrites the classes of a jar that are older than Java 8 into that version, with
 * the stack maps it asks for. The JVM's start-up caches leave older classes out, and verifying them at every start took
 * 100 ms of the command line's time. Nothing else about them changes; a jar without such classes stays as it is.
 */
final class ModernizeClasses {
    private static final int OLDEST_KEPT = ClassFile.JAVA_8_VERSION;

    private ModernizeClasses() {}

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
                if (entry.getName().endsWith(".class")) {
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
