// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import dev.cairn.encoding.Base32;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packages of a {@link DataServiceStub}: all of Guix's as they were once, or made up. */
public final class GuixPackages {
    private GuixPackages() {}

    /** A package with one output, at a path that is made up. */
    public static DataServiceStub.Package simple(String name, String version) {
        return with(name, version, outputs(name, version, List.of("out")));
    }

    /** A package at a path of one's choice. */
    public static DataServiceStub.Package with(String name, String version, SortedMap<String, String> outputs) {
        return with(name, version, outputs, path(name + "-" + version + ".drv"));
    }

    /** The same with a derivation of one's choice. */
    public static DataServiceStub.Package with(
            String name, String version, SortedMap<String, String> outputs, String derivation) {
        return new DataServiceStub.Package(
                name,
                version,
                "The program " + name,
                "This is " + name + ".\n\nIt is version " + version + ".",
                "https://example.org/" + name,
                "gnu/packages/" + name.substring(0, 1) + ".scm",
                12,
                List.of("GPL 3+"),
                outputs,
                derivation);
    }

    /** Store paths that are made up. */
    public static SortedMap<String, String> outputs(String name, String version, List<String> outputs) {
        SortedMap<String, String> paths = new TreeMap<>();
        for (String output : outputs) {
            paths.put(output, path(name + "-" + version + (output.equals("out") ? "" : "-" + output)));
        }
        return paths;
    }

    /** The same package from other inputs: its outputs are elsewhere. */
    public static DataServiceStub.Package rebuilt(DataServiceStub.Package one) {
        SortedMap<String, String> elsewhere = new TreeMap<>();
        one.outputs().forEach((output, path) ->
                elsewhere.put(output, path(path, path.substring(path.indexOf('-') + 1))));
        return new DataServiceStub.Package(
                one.name(), one.version(), one.synopsis(), one.description(), one.homePage(), one.file(), one.line(),
                one.licenses(), elsewhere, one.derivation());
    }

    /** A store path that is made up, always the same for one name. */
    public static String path(String itemName) {
        return path(itemName, itemName);
    }

    private static String path(String seed, String itemName) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return "/gnu/store/" + Base32.encode(Arrays.copyOf(digest, 20)) + "-" + itemName;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Some 31,000 packages, those that are known with their real paths; skips the calling test where they are not. */
    public static List<DataServiceStub.Package> all() throws IOException {
        Map<String, JsonNode> derivations = new HashMap<>();
        for (JsonNode line : lines("data/guix-package-derivations.jsonl.zst")) {
            derivations.put(line.path("name").asString() + "@" + line.path("version").asString(), line);
        }
        List<DataServiceStub.Package> all = new ArrayList<>();
        for (JsonNode line : lines("data/guix-packages.jsonl.zst")) {
            all.add(read(line, derivations.get(line.path("name").asString() + "@" + line.path("version").asString())));
        }
        return all;
    }

    private static DataServiceStub.Package read(JsonNode line, JsonNode derivation) {
        String name = line.path("name").asString();
        String version = line.path("version").asString();
        SortedMap<String, String> outputs = new TreeMap<>();
        if (derivation == null) {
            List<String> names = new ArrayList<>();
            line.path("outputs").forEach(output -> names.add(output.asString()));
            outputs.putAll(outputs(name, version, names));
        } else {
            derivation
                    .path("outputs")
                    .properties()
                    .forEach(one -> outputs.put(one.getKey(), one.getValue().asString()));
        }
        List<String> licenses = new ArrayList<>();
        line.path("license").forEach(license -> licenses.add(license.asString()));
        String[] location = line.path("location").asString("gnu/packages/none.scm:1:0").split(":");
        return new DataServiceStub.Package(
                name,
                version,
                line.path("synopsis").asString("").strip(),
                line.path("description").asString("").strip(),
                line.path("home_page").asString(""),
                location[0],
                Integer.parseInt(location[1]),
                licenses,
                outputs,
                derivation == null ? path(name + "-" + version + ".drv") : derivation.path("derivation").asString());
    }

    private static List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(SharedData.open(name), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JsonMapper.shared().readTree(line));
            }
        }
        return lines;
    }
}
