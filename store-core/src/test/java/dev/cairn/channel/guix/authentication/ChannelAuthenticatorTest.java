// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.channel.guix.definition.Fingerprint;
import dev.cairn.channel.guix.definition.Introduction;
import dev.cairn.error.CairnException;
import dev.cairn.git.GitCache;
import dev.cairn.git.GitException;
import dev.cairn.git.GitHistories;
import dev.cairn.git.TestRepository;
import dev.cairn.testing.debian.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelAuthenticatorTest {
    private static final SigningKey ALICE = SigningKey.first();
    private static final SigningKey BOB = SigningKey.second();
    private static final SigningKey MALLORY = SigningKey.with().make();

    @TempDir
    private Path folder;

    private TestRepository repository;
    private String start;
    private Introduction introduction;

    @BeforeEach
    void introduce() throws Exception {
        repository = new TestRepository(folder.resolve("origin"));
        repository.configure("uploadpack", "allowFilter", "true");
        keys("keyring", ALICE, BOB, MALLORY);
        String before = repository.commit("master", Map.of("x", "not signed by anybody"));
        start = signed(ALICE, authorising(ALICE, BOB), before);
        introduction = new Introduction(start, new Fingerprint(ALICE.fingerprint()));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private void keys(String branch, SigningKey... keys) throws IOException {
        Map<String, String> files = new HashMap<>(Map.of("README", "no key"));
        for (SigningKey key : keys) {
            files.put(key.fingerprint() + ".key", new String(key.armouredKeyring(), UTF_8));
        }
        repository.commit(branch, files);
    }

    private static Map<String, String> authorising(SigningKey... keys) {
        String list = Arrays.stream(keys)
                .map(key -> "  (\"" + key.signingFingerprint() + "\" (name \"x\"))\n")
                .collect(Collectors.joining());
        return Map.of(
                ".guix-authorizations", "(authorizations (version 0) (\n" + list + "))\n",
                "gnu/packages/deep/x.scm", "(deep)",
                "x", String.valueOf(System.nanoTime()));
    }

    private String signed(SigningKey by, Map<String, String> files, String... parents) throws IOException {
        return repository.commit("master", files, List.of(parents), Optional.of(by::sign));
    }

    private String unsigned(Map<String, String> files, String... parents) throws IOException {
        return repository.commit("master", files, List.of(parents), Optional.empty());
    }

    private int authenticate(String commit) throws CairnException {
        return authenticate(commit, introduction, false);
    }

    private int authenticate(String commit, Introduction by, boolean downgrades) throws CairnException {
        return new ChannelAuthenticator(
                        new GitHistories(folder.resolve("histories"), GitCache.Limits.USUAL), folder.resolve("records"))
                .authenticate(
                        new ChannelAuthenticator.Question("guix", repository.url(), by, commit, downgrades),
                        _ -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void acceptsAChainOfAuthorisedSigners(String filter) throws Exception {
        repository.configure("uploadpack", "allowFilter", filter);
        String second = signed(BOB, authorising(ALICE, BOB), start);
        String third = signed(ALICE, authorising(ALICE, BOB), second);
        assertThat(authenticate(second)).isEqualTo(1);
        assertThat(authenticate(third)).isEqualTo(1);
        assertThat(authenticate(third)).isZero();
        assertThat(Files.readString(folder.resolve("records/guix")))
                .isEqualTo(start + " " + ALICE.fingerprint() + " " + repository.url() + "\n" + second + "\n" + third
                        + "\n");
    }

    @Test
    void acceptsTheIntroductionItself() throws Exception {
        assertThat(authenticate(start)).isZero();
    }

    @Test
    void refusesSignersThatNobodyAuthorised() throws Exception {
        String last = signed(ALICE, authorising(ALICE, BOB), signed(MALLORY, authorising(ALICE, BOB, MALLORY), start));
        assertRefused(last, AuthenticationException.NotAuthorised.class, MALLORY.fingerprint());
        assertThat(folder.resolve("records/guix")).doesNotExist();
    }

    @Test
    void newSignersAreBelievedFromTheNextCommitOn() throws Exception {
        String self = signed(MALLORY, authorising(ALICE, MALLORY), start);
        assertRefused(self, AuthenticationException.NotAuthorised.class, self);
        String named = signed(ALICE, authorising(ALICE, MALLORY), start);
        assertThat(authenticate(signed(MALLORY, authorising(ALICE), named))).isEqualTo(2);
    }

    @Test
    void refusesUnsignedCommits() throws Exception {
        String unsigned = unsigned(authorising(ALICE, BOB), start);
        String last = signed(ALICE, authorising(ALICE, BOB), unsigned);
        assertRefused(last, AuthenticationException.Unsigned.class, unsigned);
    }

    @Test
    void refusesWhatWasChangedAfterItWasSigned() throws Exception {
        String other = repository.commit(
                "master", authorising(ALICE, BOB), List.of(start), Optional.of(_ -> ALICE.sign(new byte[] {1})));
        assertRefused(other, AuthenticationException.BadSignature.class, "changed after");
    }

    @Test
    void refusesThoseWhoseAuthorisationAParentRemoved() throws Exception {
        String without = signed(ALICE, authorising(ALICE), start);
        assertRefused(
                signed(BOB, authorising(ALICE), without),
                AuthenticationException.NotAuthorised.class,
                BOB.fingerprint());
    }

    @Test
    void acceptsAMergeOfTwoAuthorisedLines() throws Exception {
        String left = signed(ALICE, authorising(ALICE, BOB), start);
        String right = signed(BOB, authorising(ALICE, BOB), start);
        assertThat(authenticate(signed(ALICE, authorising(ALICE, BOB), left, right))).isEqualTo(3);
    }

    @Test
    void aMergeNeedsASignerWhomBothLinesAuthorise() throws Exception {
        String left = signed(ALICE, authorising(ALICE), start);
        String right = signed(ALICE, authorising(ALICE, BOB), start);
        assertRefused(
                signed(BOB, authorising(ALICE, BOB), left, right),
                AuthenticationException.NotAuthorised.class,
                BOB.fingerprint());
    }

    @Test
    void refusesALineThatDoesNotComeFromTheIntroduction() throws Exception {
        String foreign = signed(ALICE, authorising(ALICE, BOB));
        assertRefused(foreign, AuthenticationException.Unrelated.class, "does not follow commit " + start);
        String merged = signed(ALICE, authorising(ALICE, BOB), start, signed(BOB, authorising(BOB), foreign));
        assertRefused(merged, AuthenticationException.NotAuthorised.class, foreign);
    }

    @Test
    void refusesToGoBackUnlessThatIsAllowed() throws Exception {
        String second = signed(ALICE, authorising(ALICE, BOB), start);
        String third = signed(ALICE, authorising(ALICE, BOB), second);
        String aside = repository.commit("aside", authorising(ALICE, BOB), List.of(second), Optional.of(BOB::sign));
        authenticate(third);
        for (String commit : List.of(second, aside)) {
            assertRefused(commit, AuthenticationException.Downgrade.class, third);
        }
        assertThat(authenticate(second, introduction, true)).isZero();
        assertThat(authenticate(aside)).isEqualTo(1);
    }

    @Test
    void refusesAnIntroductionBySomebodyElse() {
        Introduction wrong = new Introduction(start, new Fingerprint(BOB.fingerprint()));
        assertThatThrownBy(() -> authenticate(start, wrong, false))
                .isInstanceOf(AuthenticationException.WrongIntroduction.class)
                .hasMessageContaining(ALICE.fingerprint());
    }

    @Test
    void refusesThatAuthorisationsAreTakenAway() throws Exception {
        String gone = signed(ALICE, Map.of("x", "y"), start);
        assertThat(authenticate(gone)).isEqualTo(1);
        String after = signed(ALICE, authorising(ALICE), gone);
        assertRefused(after, AuthenticationException.NoAuthorisations.class, gone);
        String broken = signed(ALICE, Map.of(".guix-authorizations", "(oops"), start);
        assertThatThrownBy(() -> authenticate(signed(ALICE, authorising(ALICE), broken), introduction, true))
                .isInstanceOf(AuthenticationException.NoAuthorisations.class)
                .hasMessageContaining(broken);
    }

    @Test
    void saysWhichKeysAreMissing() throws Exception {
        keys("keyring", ALICE);
        assertRefused(
                signed(BOB, authorising(ALICE, BOB), start),
                AuthenticationException.UnknownKey.class,
                BOB.fingerprint());
        Map<String, String> files = new HashMap<>(authorising(ALICE, BOB));
        files.put(".guix-channel", "(channel (version 0) (keyring-reference \"keys\"))");
        String elsewhere = signed(ALICE, files, start);
        assertRefused(elsewhere, AuthenticationException.NoKeys.class, "the branch 'keys'");
        repository.commit("keys", Map.of("README", "nothing"));
        assertRefused(elsewhere, AuthenticationException.NoKeys.class, "has none");
        keys("keys", ALICE);
        assertThat(authenticate(elsewhere)).isEqualTo(1);
        files.put(".guix-channel", "(channel (version 0) (keyring-reference \"../../x*\"))");
        assertRefused(signed(ALICE, files, elsewhere), AuthenticationException.NoKeys.class, "is not there");
    }

    @Test
    void comparesTheKeyThatSignedAndNotTheOneItBelongsTo() throws Exception {
        SigningKey carol = SigningKey.with().subkey().make();
        keys("keyring", ALICE, carol);
        String named = signed(ALICE, authorising(ALICE, carol), start);
        assertThat(authenticate(signed(carol, authorising(ALICE), named))).isEqualTo(2);
        Map<String, String> primary = Map.of(
                ".guix-authorizations", "(authorizations (version 0) ((\"" + carol.fingerprint() + "\")))");
        String other = signed(carol, authorising(ALICE), signed(ALICE, primary, start));
        assertThatThrownBy(() -> authenticate(other, introduction, true))
                .isInstanceOf(AuthenticationException.NotAuthorised.class)
                .hasMessageContaining(carol.signingFingerprint());
    }

    @Test
    void keysThatExpiredLongAgoSignedWhatTheySigned() throws Exception {
        SigningKey carol = SigningKey.with()
                .created(Instant.now().minus(Duration.ofDays(3000))).life(Duration.ofDays(100)).make();
        keys("keyring", ALICE, carol);
        String named = signed(ALICE, authorising(ALICE, carol), start);
        assertThat(authenticate(signed(carol, authorising(ALICE), named))).isEqualTo(2);
    }

    @Test
    void refusesDigestsThatAreNoLongerSafe() throws Exception {
        for (int digest : new int[] {HashAlgorithmTags.MD5, HashAlgorithmTags.SHA1}) {
            String weak = repository.commit(
                    "master", authorising(ALICE, BOB), List.of(start),
                    Optional.of(octets -> ALICE.sign(octets, digest, Instant.now())));
            assertRefused(weak, AuthenticationException.BadSignature.class, "no longer safe");
        }
        String old = repository.commit(
                "master", Map.of("x", "y"), List.of(start),
                Optional.of(octets -> ALICE.sign(octets, HashAlgorithmTags.SHA1, Instant.now())));
        assertThat(authenticate(old)).isEqualTo(1);
    }

    @Test
    void refusesSignaturesThatDoNotLookAtHowLinesEnd() throws Exception {
        String text = repository.commit(
                "master", authorising(ALICE, BOB), List.of(start), Optional.of(ALICE::signText));
        assertRefused(text, AuthenticationException.BadSignature.class, "not one of octets");
    }

    @Test
    void takesAuthorisationsThatSayMore() throws Exception {
        String more = signed(ALICE, Map.of(".guix-authorizations", """
                (authorizations (version 0)
                  (("%s" (name "bob"))) (note "of another day"))
                """.formatted(BOB.signingFingerprint())), start);
        assertThat(authenticate(signed(BOB, authorising(BOB), more))).isEqualTo(2);
    }

    @Test
    void refusesAnIntroductionOverADigestThatIsNoLongerSafe() throws Exception {
        for (int digest : new int[] {HashAlgorithmTags.MD5, HashAlgorithmTags.SHA1}) {
            String weak = repository.commit(
                    "master", authorising(ALICE, BOB), List.of(start),
                    Optional.of(octets -> ALICE.sign(octets, digest, Instant.now())));
            Introduction by = new Introduction(weak, new Fingerprint(ALICE.fingerprint()));
            assertThatThrownBy(() -> authenticate(weak, by, false))
                    .isInstanceOf(AuthenticationException.BadSignature.class)
                    .hasMessageContaining("no longer safe");
        }
    }

    @Test
    void clocksOfThoseWhoCommitMeanNothing() throws Exception {
        repository.clock(2_000_000_000);
        String before = repository.commit("old", Map.of("x", "not signed, before the introduction"));
        repository.clock(1_000_000_000);
        String first = signed(ALICE, authorising(ALICE, BOB), before);
        introduction = new Introduction(first, new Fingerprint(ALICE.fingerprint()));
        String last = first;
        for (int i = 0; i < 20; i++) {
            repository.clock(900_000_000 - i * 1_000_000);
            last = signed(BOB, authorising(ALICE, BOB), last);
        }
        repository.clock(1_900_000_000);
        String side = signed(ALICE, authorising(ALICE, BOB), first);
        repository.clock(100);
        String merged = signed(ALICE, authorising(ALICE, BOB), last, side);
        assertThat(authenticate(last)).isEqualTo(20);
        assertThat(authenticate(merged)).isEqualTo(2);
        assertRefused(side, AuthenticationException.Downgrade.class, merged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aRepositoryThatWasCutOffServesOnceItIsWhole(String filter) throws Exception {
        repository.configure("uploadpack", "allowFilter", filter);
        String second = signed(ALICE, authorising(ALICE, BOB), start);
        String third = signed(ALICE, authorising(ALICE, BOB), second);
        Path cut = Files.writeString(folder.resolve("origin/shallow"), third + "\n");
        repository.close();
        repository = new TestRepository(folder.resolve("origin"), false);
        assertThatThrownBy(() -> authenticate(third)).isInstanceOf(GitException.Incomplete.class);
        Files.delete(cut);
        assertThat(authenticate(third)).isEqualTo(2);
    }

    @Test
    void believesOnlyRecordsThatNobodyElseCouldWrite() throws Exception {
        String bad = unsigned(authorising(ALICE, BOB), start);
        Path record = Files.createDirectories(folder.resolve("records")).resolve("guix");
        String head = start + " " + ALICE.fingerprint() + " " + repository.url() + "\n";
        Files.writeString(record, head + bad + "\n");
        Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rw-rw----"));
        assertRefused(bad, AuthenticationException.Unsigned.class, bad);
        Files.writeString(record, head.replace("1", "2") + bad + "\n");
        Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rw-------"));
        assertRefused(bad, AuthenticationException.Unsigned.class, bad);
        String good = signed(ALICE, authorising(ALICE), start);
        authenticate(good);
        assertThat(Files.getPosixFilePermissions(record)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void saysThatARepositoryCannotBeHad() throws Exception {
        assertThatThrownBy(() -> authenticate("0".repeat(40))).isInstanceOf(GitException.class);
        repository.close();
        Files.move(folder.resolve("origin"), folder.resolve("gone"));
        assertThatThrownBy(() -> authenticate(start)).isInstanceOf(GitException.Unreachable.class);
    }

    private void assertRefused(String commit, Class<? extends AuthenticationException> how, String naming) {
        assertThatThrownBy(() -> authenticate(commit)).isInstanceOf(how).hasMessageContaining(naming);
    }
}
