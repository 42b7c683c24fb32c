// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.path.ContentAddress;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads narinfos (formats, section 6.3). Stricter than Guix: what is signed counts only where it is signed, a word
 * {@code Signature:} stands only where the signed part ends, each {@code URL} has the fields that follow it, and
 * nothing follows an empty line.
 */
public final class NarinfoReader {
    private static final String FORMAT = "narinfo";
    private static final String SIGNATURE = "Signature";
    private static final int MAX_SIGNATURES = 100;
    private static final int MAX_NARS = 100;

    /** What Nix takes for granted. */
    private static final String USUAL_COMPRESSION = Compression.BZIP2.id();

    private final StoreDirectory store;
    private final String text;
    private final List<Field> fields;

    /** Where the part ends in which statements about the item count. */
    private final int end;

    private NarinfoReader(StoreDirectory store, String text) throws FormatException {
        this.store = store;
        this.text = text;
        this.fields = Field.read(FORMAT, text);
        this.end = signature().map(Field::start).orElse(text.length());
    }

    /**
     * Reads what a server says of some item.
     *
     * @param store that the item must be of
     * @throws FormatException also when it is longer than {@link Narinfo#MAX_LENGTH}
     */
    public static Narinfo read(byte[] octets, StoreDirectory store) throws FormatException {
        if (octets.length > Narinfo.MAX_LENGTH) {
            throw problem("it has " + octets.length + " octets, more than " + Narinfo.MAX_LENGTH);
        }
        return new NarinfoReader(store, new String(octets, StandardCharsets.ISO_8859_1)).narinfo();
    }

    /**
     * Reads what a server says of one item.
     *
     * @throws FormatException also when it is about another one
     */
    public static Narinfo read(byte[] octets, StorePath asked) throws FormatException {
        return read(octets, asked.directory()).about(asked);
    }

    static FormatException problem(String problem) {
        return new FormatException(FORMAT, problem);
    }

    /** Guix looks for the word alone, wherever it is: what is signed must be the same for both. */
    private Optional<Field> signature() throws FormatException {
        int word = text.indexOf(SIGNATURE + ":");
        Optional<Field> found =
                fields.stream().filter(field -> field.name().equals(SIGNATURE)).findFirst();
        if (word != found.map(Field::start).orElse(-1)) {
            throw problem("the word 'Signature:' stands within another line");
        }
        return found;
    }

    private Narinfo narinfo() throws FormatException {
        Claim claim = claim();
        Optional<String> address = first("CA").filter(value -> !value.isEmpty());
        List<String> sigs = all("Sig");
        if (sigs.size() > MAX_SIGNATURES) {
            throw problem("it has more than " + MAX_SIGNATURES + " signatures");
        }
        List<String> others = new ArrayList<>();
        List<NarChoice> nars = nars(others);
        Optional<Field> signature = signature();
        return new Narinfo(
                claim,
                nars,
                others,
                first("System").filter(value -> !value.isEmpty()),
                address.isPresent() ? Optional.of(ContentAddress.parse(address.get())) : Optional.empty(),
                new Signatures(signature.map(Field::value), signature.isPresent() ? end : 0, sigs),
                text);
    }

    private Claim claim() throws FormatException {
        StorePath path = path(required("StorePath"));
        Hash hash = Hash.parse(required("NarHash"));
        if (hash.algorithm().size() < HashAlgorithm.SHA256.size()) {
            throw problem("a hash by " + hash.algorithm().id() + " says too little");
        }
        long size = number("NarSize", required("NarSize"));
        List<StorePath> references = new ArrayList<>();
        for (String name : required("References").split(" +")) {
            if (!name.isEmpty()) {
                references.add(store.item(name));
            }
        }
        return new Claim(path, hash, size, references, deriver());
    }

    private StorePath path(String name) throws FormatException {
        if (!store.contains(name)) {
            throw problem("'" + shown(name) + "' is not in the store " + store + ": the cache is for another store");
        }
        return store.parse(name);
    }

    private Optional<StorePath> deriver() throws FormatException {
        String name = first("Deriver").orElse("");
        if (name.isEmpty() || name.equals("unknown-deriver")) {
            return Optional.empty();
        }
        StorePath deriver = store.item(name);
        if (!deriver.isDerivation()) {
            throw problem("the deriver '" + name + "' is no derivation");
        }
        return Optional.of(deriver);
    }

    private List<NarChoice> nars(List<String> others) throws FormatException {
        List<NarChoice> nars = new ArrayList<>();
        List<Field> group = new ArrayList<>();
        for (Field field : fields) {
            switch (field.name()) {
                case "URL" -> {
                    add(group, nars, others);
                    group = new ArrayList<>(List.of(field));
                }
                case "Compression", "FileSize", "FileHash" -> group.add(field);
                default -> {}
            }
        }
        add(group, nars, others);
        if (nars.isEmpty() && others.isEmpty()) {
            throw problem("it says nowhere where the contents are (no URL)");
        }
        return nars;
    }

    private static void add(List<Field> group, List<NarChoice> nars, List<String> others) throws FormatException {
        if (group.isEmpty()) {
            return;
        }
        String url = group.getFirst().value();
        if (!group.getFirst().name().equals("URL")) {
            throw problem("'" + group.getFirst().name() + "' stands before the URL that it belongs to");
        }
        if (!NarChoice.isAddress(url)) {
            throw problem("'" + shown(url) + "' is no address");
        }
        String compression = first(group, "Compression").orElse(USUAL_COMPRESSION);
        Optional<String> size = first(group, "FileSize");
        if (nars.size() + others.size() >= MAX_NARS) {
            throw problem("it has more than " + MAX_NARS + " addresses");
        }
        Optional<Compression> known = Compression.of(compression);
        if (known.isPresent()) {
            OptionalLong octets =
                    size.isPresent() ? OptionalLong.of(number("FileSize", size.get())) : OptionalLong.empty();
            nars.add(new NarChoice(url, known.get(), octets, first(group, "FileHash").flatMap(NarinfoReader::hash)));
        } else {
            others.add(shown(compression));
        }
    }

    /** A hash that is only a hint: Guix writes others than Nix. */
    private static Optional<Hash> hash(String text) {
        try {
            return Optional.of(Hash.parse(text));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    private String required(String name) throws FormatException {
        return first(name).orElseThrow(() ->
                problem("it has no field '" + name + "'" + (end < text.length() ? " in the part that is signed" : "")));
    }

    /** The first value of a field that counts only in the part that is signed, if there is one. */
    private Optional<String> first(String name) {
        return first(fields.stream().filter(field -> field.start() < end).toList(), name);
    }

    private static Optional<String> first(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst();
    }

    private List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    private static long number(String name, String text) throws FormatException {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw problem("'" + shown(text) + "' as " + name + " is no number of octets");
        }
        return Long.parseLong(text);
    }

    /** What somebody else wrote, fit for a message. */
    private static String shown(String text) {
        String start = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return start.replaceAll("[^ -~]", "?");
    }
}
