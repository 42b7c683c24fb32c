// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.manifest.ManifestReader;
import dev.cairn.path.StoreDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the profiles of a Guix that is installed on this machine say of the packages in them: Guix wrote there what each
 * propagates and which search paths it wants. Only packages of the very same version are known. Profiles that cannot be
 * read are passed over. Safe for use by several threads.
 */
public final class InstalledGuix implements PackageSource {
    private static final int MAX_MANIFEST = 32 << 20;
    private static final int MAX_PROFILES = 200;

    private final List<Path> profiles;
    private Optional<Map<List<String>, Knowledge.Known>> known = Optional.empty();

    /** @param profiles folders, or links to such, that have a file {@code manifest} */
    public InstalledGuix(List<Path> profiles) {
        this.profiles = List.copyOf(profiles);
    }

    /**
     * The profiles of this machine: all users' and the system's.
     *
     * @param root of the machine's files
     */
    public static InstalledGuix of(Path root) throws CairnException {
        List<Path> profiles = new ArrayList<>(List.of(root.resolve("run/current-system/profile")));
        Path users = root.resolve("var/guix/profiles/per-user");
        try {
            if (Files.isDirectory(users)) {
                for (Path user : FileTrees.entries(users)) {
                    profiles.add(user.resolve("guix-profile"));
                }
            }
        } catch (IOException e) {
            throw DaemonException.of("reading '" + users + "'", e);
        }
        return new InstalledGuix(profiles.subList(0, Math.min(MAX_PROFILES, profiles.size())));
    }

    @Override
    public synchronized Knowledge of(String name, String version, Location location) {
        if (known.isEmpty()) {
            known = Optional.of(read());
        }
        Knowledge.Known found = known.get().get(List.of(name, version));
        return found == null
                ? new Knowledge.Unknown("no profile of a Guix on this machine has " + name + "@" + version)
                : found;
    }

    private Map<List<String>, Knowledge.Known> read() {
        Map<List<String>, Knowledge.Known> all = new HashMap<>();
        for (Path profile : profiles) {
            try {
                Path manifest = profile.resolve("manifest");
                if (Files.isRegularFile(manifest) && Files.size(manifest) <= MAX_MANIFEST) {
                    ManifestReader.read(StoreDirectory.GNU, Files.readString(manifest, StandardCharsets.UTF_8))
                            .transitiveEntries()
                            .forEach(entry -> all.putIfAbsent(
                                    List.of(entry.name(), entry.version()), knowledge(entry)));
                }
            } catch (IOException | FormatException _) {
                // Another user's may not be ours to read, and an old one of a version that nobody reads any more.
                continue;
            }
        }
        return all;
    }

    private static Knowledge.Known knowledge(ManifestEntry entry) {
        List<PropagatedInput> inputs = entry.propagatedInputs().stream()
                .map(input -> new PropagatedInput(
                        input.name(), Optional.of(input.version()).filter(text -> !text.isEmpty()), input.output()))
                .toList();
        return new Knowledge.Known(inputs, entry.searchPaths());
    }
}
