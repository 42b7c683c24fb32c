// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.derivation.DerivationBuilder;
import dev.cairn.error.FormatException;
import dev.cairn.path.StorePath;
import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The build system {@code files}: {@code builtin:write-files} with a specification of every file. References to other
 * packages are replaced here; the package's own outputs, whose paths depend on the specification, by the builder.
 */
final class FilesLowering {
    private static final JsonFactory JSON = new JsonFactory();

    private FilesLowering() {}

    static DerivationBuilder lower(BuildSystem.Files files, BuildPlan plan, String system)
            throws PackageException, FormatException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            for (Map.Entry<String, ? extends Map<String, FileEntry>> output : files.files().entrySet()) {
                json.writeObjectPropertyStart(output.getKey());
                for (Map.Entry<String, FileEntry> entry : output.getValue().entrySet()) {
                    json.writeObjectPropertyStart(entry.getKey());
                    write(entry.getValue(), plan, json);
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        StorePath specification = plan.text(plan.definition().fullName() + "-files", text.toString());
        return plan.derivation(system, "builtin:write-files").variable("specification", specification.toString());
    }

    private static void write(FileEntry entry, BuildPlan plan, JsonGenerator json) throws PackageException {
        switch (entry) {
            case FileEntry.Text(String text, boolean executable) -> writeText(text, executable, plan, json);
            case FileEntry.Link(String target) -> json.writeStringProperty("symlink", replace(target, plan));
            case FileEntry.Folder _ -> json.writeBooleanProperty("directory", true);
            case FileEntry.Copy copy when copy.substitute() -> {
                // What is replaced is known only from the text, so the text is what is handed on.
                Source.Local source = (Source.Local) plan.definition().source().orElseThrow();
                SourceFolder.TextFile file = plan.folder().readText(plan.definition(), source, copy.from());
                writeText(file.text(), copy.executable() || file.executable(), plan, json);
            }
            case FileEntry.Copy(String from, boolean executable, boolean _) -> {
                StorePath source = plan.source().orElseThrow();
                json.writeStringProperty("copy", from.equals(".") ? source.toString() : source + "/" + from);
                writeExecutable(executable, json);
            }
        }
    }

    private static void writeText(String text, boolean executable, BuildPlan plan, JsonGenerator json)
            throws PackageException {
        json.writeStringProperty("text", replace(text, plan));
        writeExecutable(executable, json);
    }

    private static void writeExecutable(boolean executable, JsonGenerator json) {
        if (executable) {
            json.writeBooleanProperty("executable", true);
        }
    }

    private static String replace(String text, BuildPlan plan) throws PackageException {
        for (References.Part part : References.in(text).parts()) {
            if (part instanceof References.Literal(String literal) && literal.contains("#$output")) {
                // The builder would take it for a reference.
                throw new PackageException.Unbuildable(
                        plan.definition(), "the build system 'files' cannot write the text '#$output' itself");
            }
        }
        return plan.replace(text, output -> output.equals("out") ? "#$output" : "#$output:" + output);
    }
}
