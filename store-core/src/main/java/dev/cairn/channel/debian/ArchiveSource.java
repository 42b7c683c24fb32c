// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One suite of an archive, as a line or paragraph of apt's configuration names it (sources.list(5)).
 *
 * @param archive the archive's root, ending with a slash: http, https or file; or a list of mirrors, see {@code access}
 * @param suite such as {@code bookworm}; ends with a slash for an archive without components
 * @param components such as {@code main}; none where the suite ends with a slash
 * @param architectures in Debian's names, the machine's own first
 * @param keyrings files to take keys from; where there is none, and no key, those of apt's own trust
 * @param keys a key that the configuration itself holds, armoured
 * @param fingerprints if any, only these keys may sign: 40 hexadecimal digits each, upper case; followed by an
 *     exclamation mark where no subkey is meant
 * @param relaxed what apt's configuration tells not to check
 * @param access how the archive is reached
 * @param reading how the suite is read
 * @param origin {@code FILE:LINE} of the configuration
 */
public record ArchiveSource(
        URI archive,
        String suite,
        List<String> components,
        List<String> architectures,
        List<Path> keyrings,
        Optional<String> keys,
        List<String> fingerprints,
        Relaxed relaxed,
        ArchiveAccess access,
        ArchiveReading reading,
        String origin) {
    /**
     * Checks that apt's configuration switches off; all false unless it says so.
     *
     * @param trusted signatures are not looked at ({@code trusted=yes})
     * @param validUntil an expired index is taken ({@code Check-Valid-Until})
     * @param date an index of the future is taken ({@code Check-Date})
     */
    public record Relaxed(boolean trusted, boolean validUntil, boolean date) {
        public static final Relaxed NOTHING = new Relaxed(false, false, false);
    }

    public ArchiveSource {
        components = List.copyOf(components);
        architectures = List.copyOf(architectures);
        keyrings = List.copyOf(keyrings);
        fingerprints = List.copyOf(fingerprints);
    }

    /** One that is read as usual. @param proxy to reach it through; directly where there is none */
    public ArchiveSource(
            URI archive,
            String suite,
            List<String> components,
            List<String> architectures,
            List<Path> keyrings,
            Optional<String> keys,
            List<String> fingerprints,
            Relaxed relaxed,
            Optional<URI> proxy,
            String origin) {
        this(archive, suite, components, architectures, keyrings, keys, fingerprints, relaxed,
                new ArchiveAccess(proxy, Optional.empty(), false), ArchiveReading.USUAL, origin);
    }

    /** What the proxy to reach it through is, if there is one. */
    public Optional<URI> proxy() {
        return access.proxy();
    }

    /** The same suite at one of its mirrors. */
    ArchiveSource at(URI mirror) {
        return new ArchiveSource(mirror, suite, components, architectures, keyrings, keys, fingerprints, relaxed,
                new ArchiveAccess(access.proxy(), Optional.empty(), false), reading, origin);
    }

    /** How people tell it from others: address, suite and components. */
    public String label() {
        return (access.mirrors() ? "mirror+" : "") + archive + " " + suite
                + (components.isEmpty() ? "" : " " + String.join(" ", components));
    }
}
