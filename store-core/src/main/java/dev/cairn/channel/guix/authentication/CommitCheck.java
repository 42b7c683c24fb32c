// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.channel.guix.definition.Authorizations;
import dev.cairn.channel.guix.definition.Fingerprint;
import dev.cairn.channel.guix.definition.Introduction;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.git.GitHistory;
import dev.cairn.git.SignedCommit;
import dev.cairn.openpgp.Keyring;
import dev.cairn.openpgp.SignatureException;
import dev.cairn.openpgp.SignatureMakers;
import dev.cairn.openpgp.SignatureProblem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides of single commits whether they are signed by somebody whom all commits right before them authorise. */
final class CommitCheck {
    private static final int MAX_FILE = 1 << 20;

    private final GitHistory history;
    private final SignatureMakers makers;
    private final String keyBranch;

    /** Whom a file authorises, by what tells its contents from others: few commits change it. */
    private final Map<String, Set<String>> known = new HashMap<>();

    CommitCheck(GitHistory history, Keyring keys, String keyBranch) {
        this.history = history;
        this.makers = new SignatureMakers(keys);
        this.keyBranch = keyBranch;
    }

    /** Whether the first commit is by who introduces the channel. */
    void introduction(Introduction introduction) throws CairnException {
        SignedCommit commit = history.commit(introduction.commit());
        List<SignatureMakers.Maker> signers = makers(commit);
        List<SignatureMakers.Maker> right = signers.stream()
                .filter(maker -> maker.key().equals(introduction.signer().hex()))
                .toList();
        if (right.isEmpty()) {
            throw new AuthenticationException.WrongIntroduction(introduction, signers.getFirst().key());
        }
        refuseWeak(commit.id(), right);
    }

    private static void refuseWeak(String commit, List<SignatureMakers.Maker> signers)
            throws AuthenticationException {
        if (signers.stream().allMatch(SignatureMakers.Maker::weak)) {
            throw new AuthenticationException.BadSignature(
                    commit, "is signed with key " + signers.getFirst().key() + " over SHA-1, which is no longer safe");
        }
    }

    /** Whether a commit is by who may make it. */
    void check(String id) throws CairnException {
        SignedCommit commit = history.commit(id);
        List<SignatureMakers.Maker> signers = makers(commit);
        Set<String> admitted = admitted(commit);
        List<SignatureMakers.Maker> authorised =
                signers.stream().filter(maker -> admitted.contains(maker.key())).toList();
        if (authorised.isEmpty()) {
            throw new AuthenticationException.NotAuthorised(id, signers.getFirst().key());
        }
        // Signatures over SHA-1 are of times when there was no such file yet.
        if (history.fileId(id, Authorizations.FILE).isPresent()) {
            refuseWeak(id, authorised);
        }
    }

    private List<SignatureMakers.Maker> makers(SignedCommit commit) throws AuthenticationException {
        if (commit.signature().isEmpty()) {
            throw new AuthenticationException.Unsigned(commit.id());
        }
        try {
            return makers.of(commit.signed(), commit.signature().get());
        } catch (SignatureException e) {
            for (SignatureProblem problem : e.problems()) {
                if (problem instanceof SignatureProblem.UnknownKey(String key)) {
                    throw new AuthenticationException.UnknownKey(commit.id(), key, keyBranch);
                }
            }
            throw new AuthenticationException.BadSignature(commit.id(), e.getMessage());
        }
    }

    /** Those whom every parent authorises. */
    private Set<String> admitted(SignedCommit commit) throws CairnException {
        Optional<Set<String>> all = Optional.empty();
        for (String parent : commit.parents()) {
            Set<String> one = authorisedBy(parent);
            if (all.isEmpty()) {
                all = Optional.of(new HashSet<>(one));
            } else {
                all.get().retainAll(one);
            }
        }
        return all.orElse(Set.of());
    }

    private Set<String> authorisedBy(String commit) throws CairnException {
        Optional<String> file = history.fileId(commit, Authorizations.FILE);
        if (file.isEmpty()) {
            for (String parent : history.commit(commit).parents()) {
                if (history.fileId(parent, Authorizations.FILE).isPresent()) {
                    throw new AuthenticationException.NoAuthorisations(
                            commit, "took the file " + Authorizations.FILE + " away, which says who may sign");
                }
            }
            return Set.of();
        }
        Set<String> keys = known.get(file.get());
        if (keys == null) {
            keys = read(commit);
            known.put(file.get(), keys);
        }
        return keys;
    }

    private Set<String> read(String commit) throws CairnException {
        try {
            byte[] octets = history.file(commit, Authorizations.FILE, MAX_FILE)
                    .orElseThrow(() -> new FormatException(Authorizations.FILE, "it is no file"));
            return Authorizations.read(new String(octets, UTF_8)).keys().stream()
                    .map(Fingerprint::hex)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (FormatException e) {
            throw new AuthenticationException.NoAuthorisations(
                    commit, "does not say who may sign the next one: " + e.getMessage());
        }
    }
}
