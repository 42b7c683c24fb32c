// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import dev.cairn.derivation.DerivationOutput;
import dev.cairn.derivation.FixedContents;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashingOutputStream;
import dev.cairn.http.FetchException;
import dev.cairn.http.FetchRequest;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemeReader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code builtin:download} fetches the file of a fixed-output derivation (daemon, section 9). Variables: {@code url},
 * a Scheme string or list of strings, tried in order, with the schemes file, http and https; {@code executable}, {@code
 * 1} for a file that is to be run. A file that does not have the promised hash counts as a failure of its address as
 * long as there is another one to try. Guix's mirrors are not asked.
 */
public final class DownloadBuilder implements Builtin {
    private static final int MAX_ADDRESSES = 100;

    @Override
    public String name() {
        return "download";
    }

    @Override
    public boolean isGuix() {
        return true;
    }

    @Override
    public boolean needsTemporaryFolder() {
        return false;
    }

    @Override
    public void build(Context context) throws BuiltinException, IOException {
        Path output = context.outputs().get("out");
        if (output == null || !context.derivation().isFixedOutput()) {
            throw new BuiltinException("'" + context.path() + "' is not a fixed-output derivation");
        }
        List<URI> addresses = addresses(BuiltinInputs.variable(context, "url"));
        List<String> failures = new ArrayList<>();
        List<String> hints = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            boolean last = i == addresses.size() - 1;
            Optional<String> failure = tryAddress(context, addresses.get(i), output, last, hints);
            if (failure.isEmpty()) {
                boolean executable = BuiltinInputs.optional(context, "executable").filter("1"::equals).isPresent();
                Files.setPosixFilePermissions(
                        output, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                return;
            }
            failures.add(failure.get());
            context.activity().log(failure.get());
        }
        context.telling().write("failed to download \"" + DownloadTelling.name(context) + "\" from "
                + BuiltinInputs.variable(context, "url") + "\n");
        throw new BuiltinException(String.join("; ", failures), hints.stream().reduce((_, latest) -> latest));
    }

    /**
     * @param hints takes what can be done, if it did not work
     * @return why it did not work; empty when {@code output} is there
     */
    private static Optional<String> tryAddress(
            Context context, URI address, Path output, boolean last, List<String> hints) throws IOException {
        Path partial = output.resolveSibling("download");
        Files.deleteIfExists(partial);
        DownloadTelling telling = new DownloadTelling(context, address);
        try (Activities.Activity download =
                context.activity().child(Event.Kind.DOWNLOAD, address.toString(), telling)) {
            telling.begin();
            try {
                context.fetcher().fetch(FetchRequest.of(address), partial, download);
            } catch (FetchException e) {
                download.fail(e.reason(), e.hint());
                e.hint().ifPresent(hints::add);
                return Optional.of(e.getMessage());
            }
            if (!last && !hasPromisedHash(context, partial)) {
                String text = "'" + address + "' has other contents than were promised";
                download.fail(text, Optional.empty());
                return Optional.of(text);
            }
            telling.succeeded(Files.size(partial));
            download.finish();
        }
        Files.move(partial, output, StandardCopyOption.REPLACE_EXISTING);
        return Optional.empty();
    }

    /** Only flat hashes can be checked here; what is made executable is checked afterwards like everything else. */
    private static boolean hasPromisedHash(Context context, Path file) throws IOException {
        DerivationOutput output = context.derivation().outputs().get("out");
        if (output == null) {
            return true;
        }
        try {
            FixedContents promised = FixedContents.of(output);
            if (promised.recursive()) {
                return true;
            }
            Hash expected = promised.hash();
            HashingOutputStream actual = new HashingOutputStream(expected.algorithm());
            Files.copy(file, actual);
            return actual.hash().equals(expected);
        } catch (FormatException _) {
            // Reported when the output is checked.
            return true;
        }
    }

    private static List<URI> addresses(String value) throws BuiltinException {
        List<String> texts = new ArrayList<>();
        try {
            switch (SchemeReader.read(value)) {
                case Datum.Text(String text) -> texts.add(text);
                case Datum.Listing(List<Datum> elements, Optional<Datum> _) -> {
                    for (Datum element : elements) {
                        if (!(element instanceof Datum.Text(String text))) {
                            throw new BuiltinException("'url' holds something else than texts: " + value);
                        }
                        texts.add(text);
                    }
                }
                // An address that somebody wrote without quotes.
                case Datum.Symbol(String text) -> texts.add(text);
                default -> throw new BuiltinException("'url' is neither a text nor a list of texts: " + value);
            }
        } catch (FormatException e) {
            throw new BuiltinException("'url' cannot be read: " + e.getMessage(), e);
        }
        if (texts.isEmpty() || texts.size() > MAX_ADDRESSES) {
            throw new BuiltinException("'url' must have 1 to " + MAX_ADDRESSES + " addresses");
        }
        List<URI> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(address(text));
        }
        return addresses;
    }

    private static URI address(String text) throws BuiltinException {
        try {
            URI address = new URI(text);
            if (!List.of("file", "http", "https").contains(scheme(address))) {
                throw new BuiltinException("'" + text + "' does not start with file:, http: or https:");
            }
            if (!scheme(address).equals("file") && address.getHost() == null) {
                throw new BuiltinException("'" + text + "' names no host");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new BuiltinException("'" + text + "' is no address: " + e.getReason(), e);
        }
    }

    private static String scheme(URI address) {
        return Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    }
}
