// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveCandidatesTest {
    @TempDir
    private Path folder;

    private ArchiveCandidates.Offer offer(String channel, int priority, PackagesFile packages) throws IOException {
        FetchedIndex index = packages.write(
                folder.resolve(channel), "https://" + channel + ".example.org/debian/", "amd64");
        return new ArchiveCandidates.Offer(
                channel, priority, PackageIndex.open(folder.resolve(channel + ".index"), List.of(index)));
    }

    private static List<String> labels(List<Candidate> candidates) {
        return candidates.stream()
                .map(c -> c.description().label() + " " + c.architecture() + " " + c.channel())
                .toList();
    }

    @Test
    void offersEqualBuildsOnceWithAllAddresses() throws Exception {
        PackagesFile main = new PackagesFile().add("git", "1:2.39").add("hello", "2.10");
        PackagesFile mirror = new PackagesFile().add("git", "1:2.39").add("git", "1:2.45~bpo");
        ArchiveCandidates candidates =
                new ArchiveCandidates(List.of(offer("mirror", 0, mirror), offer("main", 5, main)), "amd64");
        assertThat(labels(candidates.named("git")))
                .containsExactly("git@1:2.39 amd64 main", "git@1:2.45~bpo amd64 mirror");
        assertThat(candidates.named("git").getFirst().priority()).isEqualTo(5);
        assertThat(candidates.named("git").getFirst().addresses()).containsExactly(
                URI.create("https://main.example.org/debian/pool/git_2.39_amd64.deb"),
                URI.create("https://mirror.example.org/debian/pool/git_2.39_amd64.deb"));
        assertThat(candidates.named("git")).isSameAs(candidates.named("git"));
        assertThat(candidates.named("nothing")).isEmpty();
    }

    @Test
    void findsWhatProvidesAVirtualPackage() throws Exception {
        PackagesFile main = new PackagesFile()
                .add("exim4", "4", "Provides: mail-transport-agent")
                .add("postfix", "3", "Provides: mail-transport-agent, postfix (= 3)");
        PackagesFile other = new PackagesFile().add("nullmailer", "1", "Provides: mail-transport-agent");
        ArchiveCandidates candidates =
                new ArchiveCandidates(List.of(offer("main", 0, main), offer("other", 0, other)), "amd64");
        assertThat(labels(candidates.providing("mail-transport-agent"))).containsExactly(
                "exim4@4 amd64 main", "postfix@3 amd64 main", "nullmailer@1 amd64 other");
        assertThat(candidates.providing("postfix")).isEmpty();
    }

    @Test
    void namesWhatIsEssentialHere() throws Exception {
        PackagesFile main = new PackagesFile()
                .add("dpkg", "1.22", "Essential: yes")
                .addFor("all", "base-files", "13", "Essential: yes")
                .addFor("arm64", "foreign", "1", "Essential: yes")
                .add("e2fsprogs", "1.47");
        PackagesFile old = new PackagesFile().add("e2fsprogs", "1.38", "Essential: yes");
        ArchiveCandidates candidates =
                new ArchiveCandidates(List.of(offer("main", 0, main), offer("old", 0, old)), "amd64");
        assertThat(candidates.essential()).containsExactly("base-files", "dpkg");
        assertThat(candidates.architecture()).isEqualTo("amd64");
    }

    @Test
    void writesAddressesOfAnyName() {
        URI archive = URI.create("http://deb.example.org/debian/");
        assertThat(ArchiveCandidates.address(archive, "pool/a/a+b_1.0~rc1_all.deb"))
                .isEqualTo(URI.create("http://deb.example.org/debian/pool/a/a+b_1.0~rc1_all.deb"));
        assertThat(ArchiveCandidates.address(archive, "pool/a b%3a?x#y.deb").toString())
                .isEqualTo("http://deb.example.org/debian/pool/a%20b%253a%3Fx%23y.deb");
        assertThat(ArchiveCandidates.address(URI.create("file:///srv/repo/"), "x:y.deb").getPath())
                .isEqualTo("/srv/repo/x:y.deb");
    }
}
