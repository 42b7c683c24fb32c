// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.SubstituteUrls;
import dev.cairn.error.CairnException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.NixPublicKey;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.trust.KeyFiles;
import dev.cairn.trust.KeyNames;
import dev.cairn.trust.NixConfiguration;
import dev.cairn.ui.l10n.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * The keys of a store on this machine: of the user's own, to be changed; of a daemon's, to be looked at as far as its
 * files can be read.
 */
public final class StoreTrust implements TrustActions {
    private static final Messages TEXTS = Messages.of("trust");

    private final StoreLayout layout;
    private final Optional<String> daemon;
    private final Signers signers;
    private final ServerQuestions questions;
    private final ServersChanged serversChanged;
    private final KeyFiles keys;
    private final KeyNames names;
    private final SubstituteUrls servers;
    private final ReentrantLock changing = new ReentrantLock();

    /** Knows which keys sign for servers. */
    @FunctionalInterface
    public interface Signers {
        /** Those of the addresses that a trusted key signs for, by its fingerprint. */
        Map<String, List<String>> of(List<String> urls, TrustedKeys trusted);
    }

    /** Has the store ask other servers. */
    @FunctionalInterface
    public interface ServersChanged {
        void run() throws CairnException;
    }

    /**
     * @param daemon where the daemon listens whose store it is, if it is not the one of this process
     * @param serversChanged called after other servers were chosen
     */
    public StoreTrust(
            StoreLayout layout,
            Optional<String> daemon,
            Signers signers,
            ServerQuestions questions,
            ServersChanged serversChanged) {
        this.layout = layout;
        this.daemon = daemon;
        this.signers = signers;
        this.questions = questions;
        this.serversChanged = serversChanged;
        this.keys = new KeyFiles(layout.configuration());
        this.servers = new SubstituteUrls(layout);
        this.names = KeyNames.of(layout);
    }

    @Override
    public TrustSnapshot read() throws CairnException {
        try {
            Optional<SignerKey> own = keys.publicKey().map(SignerKey.Guix::new);
            return new TrustSnapshot(access(), believed(own), own, servers());
        } catch (IOException e) {
            throw DaemonException.of("reading the keys in '" + layout.configuration() + "'", e);
        }
    }

    private Optional<List<String>> servers() throws CairnException {
        return daemon.isPresent() ? Optional.empty() : Optional.of(SubstituteUrls.read(servers.file()));
    }

    private TrustSnapshot.Access access() throws IOException {
        if (daemon.isPresent()) {
            String key = layout.places().isNix() ? "access.nix" : "access.guix";
            return new TrustSnapshot.Access.ReadOnly(TEXTS.text(key, daemon.get(), layout.configuration()));
        }
        for (Path folder : List.of(layout.configuration(), servers.file().getParent())) {
            Path there = existing(folder);
            if (!Files.isWritable(there)) {
                return new TrustSnapshot.Access.ReadOnly(
                        TEXTS.text("access.owner", there, Files.getOwner(there).getName()));
            }
        }
        return new TrustSnapshot.Access.Writable();
    }

    /** The folder itself, or the nearest above it that is there. */
    private static Path existing(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private Optional<List<TrustSnapshot.Believed>> believed(Optional<SignerKey> own)
            throws CairnException, IOException {
        List<SignerKey> all = new ArrayList<>();
        try {
            if (layout.places().isNix()) {
                NixConfiguration.read(layout.configuration()).trustedKeys().forEach(key -> all.add(
                        new SignerKey.Nix(key)));
            } else {
                keys.accessList().keys().forEach(key -> all.add(new SignerKey.Guix(key)));
                keys.nixKeys().forEach(key -> all.add(new SignerKey.Nix(key)));
            }
        } catch (AccessDeniedException _) {
            return Optional.empty();
        }
        Map<String, String> called = names.read();
        Map<String, List<String>> signs = signers.of(servers().orElse(List.of()), trusted(all));
        return Optional.of(all.stream()
                .map(key -> new TrustSnapshot.Believed(
                        key,
                        called.getOrDefault(key.fingerprint(), key.name()),
                        own.equals(Optional.of(key)),
                        signs.getOrDefault(key.fingerprint(), List.of())))
                .toList());
    }

    private static TrustedKeys trusted(List<SignerKey> keys) {
        List<PublicKey> guix = new ArrayList<>();
        List<NixPublicKey> nix = new ArrayList<>();
        for (SignerKey key : keys) {
            switch (key) {
                case SignerKey.Guix one -> guix.add(one.key());
                case SignerKey.Nix one -> nix.add(one.key());
            }
        }
        return new TrustedKeys(new AccessList(guix), nix);
    }

    @Override
    public void believe(SignerKey key, String name) throws CairnException {
        change("adding a key to '" + layout.configuration() + "'", () -> {
            switch (key) {
                case SignerKey.Guix(PublicKey guix) -> keys.authorise(guix);
                case SignerKey.Nix nix -> keys.authorise(nix.key());
            }
            if (!name.isBlank() && !name.strip().equals(key.name())) {
                names.name(key.fingerprint(), name);
            }
        });
    }

    @Override
    public void revoke(SignerKey key) throws CairnException {
        change("taking a key out of '" + layout.configuration() + "'", () -> {
            switch (key) {
                case SignerKey.Guix(PublicKey guix) -> keys.revoke(guix);
                case SignerKey.Nix nix -> keys.revoke(nix.key());
            }
        });
    }

    @Override
    public void makeOwnKey() throws CairnException {
        change("making a key in '" + layout.configuration() + "'", () ->
                keys.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS)));
    }

    @Override
    public void setServers(List<String> urls) throws CairnException {
        change("writing the list of servers", () -> SubstituteUrls.write(servers.file(), urls));
        serversChanged.run();
    }

    @Override
    public void addServers(List<NewServer> added) throws CairnException {
        TrustSnapshot before = read();
        boolean wasListed = keys.hasList();
        Map<String, String> called = names();
        try {
            Set<SignerKey> known = before.keys().orElse(List.of()).stream()
                    .map(TrustSnapshot.Believed::key)
                    .collect(Collectors.toSet());
            for (NewServer server : added) {
                if (!known.contains(server.key())) {
                    believe(server.key(), server.name());
                }
            }
            List<String> urls = new ArrayList<>(before.servers().orElse(List.of()));
            for (NewServer server : added) {
                if (!SubstituteUrls.lists(urls, SubstituteUrls.address(server.url()))) {
                    urls.add(server.url());
                }
            }
            setServers(urls);
        } catch (CairnException e) {
            takeBack(added, before, wasListed, called, e);
            throw e;
        }
    }

    private Map<String, String> names() throws CairnException {
        try {
            return names.read();
        } catch (IOException e) {
            throw DaemonException.of("reading the names of keys", e);
        }
    }

    /** Leaves no half of what could not be done as a whole; what others did meanwhile stays. */
    private void takeBack(
            List<NewServer> added,
            TrustSnapshot before,
            boolean wasListed,
            Map<String, String> called,
            CairnException failure) {
        List<String> urls = before.servers().orElse(List.of());
        List<SignerKey> known =
                before.keys().orElse(List.of()).stream().map(TrustSnapshot.Believed::key).toList();
        try {
            for (NewServer server : added) {
                if (!known.contains(server.key())) {
                    revoke(server.key());
                    names.name(
                            server.key().fingerprint(), called.getOrDefault(server.key().fingerprint(), ""));
                }
            }
            if (!wasListed) {
                keys.forgetEmptyList();
            }
            List<String> now = new ArrayList<>(servers().orElse(List.of()));
            if (now.removeIf(url -> !urls.contains(url) && added.stream().anyMatch(one -> one.url().equals(url)))) {
                setServers(now);
            }
        } catch (CairnException | IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public ServerAnswer ask(String url) throws CairnException {
        return questions.ask(url, layout.storeDirectory());
    }

    @Override
    public SignerKey keyOf(String url) throws CairnException {
        return questions.keyOf(url);
    }

    @Override
    public String readFile(Path file) throws CairnException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(SexpReader.MAX_LENGTH + 1), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw DaemonException.of("reading '" + file + "'", e);
        }
    }

    /** Something that changes files. */
    @FunctionalInterface
    private interface FileChange {
        void apply() throws CairnException, IOException;
    }

    private void change(String doing, FileChange change) throws CairnException {
        changing.lock();
        try {
            if (access() instanceof TrustSnapshot.Access.ReadOnly(String why)) {
                throw new DaemonException.Refused(doing + " is not possible here", Optional.of(why));
            }
            change.apply();
        } catch (IOException e) {
            throw DaemonException.of(doing, e);
        } finally {
            changing.unlock();
        }
    }
}
