// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.signature.PublicKey;
import dev.cairn.signature.SecretKey;
import dev.cairn.signature.SexpReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys and servers in memory. */
final class FakeTrust implements TrustActions {
    private final List<TrustSnapshot.Believed> keys = new ArrayList<>();
    private List<String> servers = List.of();
    private Optional<SignerKey> own = Optional.empty();
    private TrustSnapshot.Access access = new TrustSnapshot.Access.Writable();
    private boolean readable = true;
    private Optional<CairnException> nextFailure = Optional.empty();

    /** What servers say their keys are. */
    final Map<String, SignerKey> offered = new HashMap<>();

    static SignerKey newKey() {
        try {
            PublicKey key = SecretKey.generate(SexpReader.read(SecretKey.DEFAULT_PARAMETERS)).publicKey();
            return new SignerKey.Guix(key);
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    static CairnException denied() {
        return new DaemonException.StoreIo("no permission for 'acl'", Optional.of("Ask root."), Optional.empty());
    }

    FakeTrust with(String name, SignerKey key, String... signs) {
        keys.add(new TrustSnapshot.Believed(key, name, false, List.of(signs)));
        return this;
    }

    FakeTrust asking(String... urls) {
        servers = List.of(urls);
        return this;
    }

    FakeTrust locked(String why, boolean canBeRead) {
        access = new TrustSnapshot.Access.ReadOnly(why);
        readable = canBeRead;
        return this;
    }

    void failNext(CairnException failure) {
        nextFailure = Optional.of(failure);
    }

    private void failIfAsked() throws CairnException {
        Optional<CairnException> failure = nextFailure;
        nextFailure = Optional.empty();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    @Override
    public TrustSnapshot read() throws CairnException {
        failIfAsked();
        return new TrustSnapshot(
                access, readable ? Optional.of(keys) : Optional.empty(), own, Optional.of(servers));
    }

    @Override
    public void believe(SignerKey key, String name) throws CairnException {
        failIfAsked();
        keys.removeIf(believed -> believed.key().equals(key));
        keys.addFirst(new TrustSnapshot.Believed(key, name.strip(), false, List.of()));
    }

    @Override
    public void revoke(SignerKey key) throws CairnException {
        failIfAsked();
        keys.removeIf(believed -> believed.key().equals(key));
    }

    @Override
    public void makeOwnKey() throws CairnException {
        failIfAsked();
        own = Optional.of(newKey());
    }

    @Override
    public void setServers(List<String> urls) throws CairnException {
        failIfAsked();
        servers = List.copyOf(urls);
    }

    @Override
    public void addServers(List<NewServer> added) throws CairnException {
        failIfAsked();
        List<String> urls = new ArrayList<>(servers);
        for (NewServer server : added) {
            believe(server.key(), server.name());
            urls.add(server.url());
        }
        servers = List.copyOf(urls);
    }

    @Override
    public ServerAnswer ask(String url) throws CairnException {
        if (url.contains("nix")) {
            return new ServerAnswer(false, "/nix/store");
        }
        if (url.contains("down")) {
            throw TrustProblem.of("server.silent", "nobody listens there");
        }
        return new ServerAnswer(true, "/gnu/store");
    }

    @Override
    public SignerKey keyOf(String url) throws CairnException {
        SignerKey key = offered.get(url);
        if (key == null) {
            throw TrustProblem.of("server.keyless", url);
        }
        return key;
    }

    @Override
    public String readFile(Path file) throws CairnException {
        failIfAsked();
        return "from " + file;
    }
}
