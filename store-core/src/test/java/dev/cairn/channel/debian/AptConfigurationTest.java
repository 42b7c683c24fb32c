// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.channel.debian.ArchiveSource.Relaxed;
import dev.cairn.debian.ConfigurationProblem;
import dev.cairn.debian.OsRelease;
import dev.cairn.http.Login;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AptConfigurationTest {
    private static final String DEB = "deb http://deb.example.org/debian boulder main\n";

    @TempDir
    private Path root;

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private AptConfiguration.Result read(Map<String, String> environment) {
        return AptConfiguration.read(root, "amd64", environment);
    }

    private AptConfiguration.Result read() {
        return read(Map.of());
    }

    private ArchiveSource only() {
        AptConfiguration.Result result = read();
        assertThat(result.problems()).isEmpty();
        assertThat(result.sources()).hasSize(1);
        return result.sources().getFirst();
    }

    private static List<String> labels(AptConfiguration.Result result) {
        return result.sources().stream().map(ArchiveSource::label).toList();
    }

    @Test
    void findsNothingOnAMachineWithoutApt() {
        AptConfiguration.Result result = read();
        assertThat(result.sources()).isEmpty();
        assertThat(result.problems()).isEmpty();
        assertThat(result.distribution()).isEmpty();
        assertThat(result.architectures()).containsExactly("amd64");
    }

    @Test
    void readsBothStylesInOrder() throws IOException {
        write("/etc/apt/sources.list", DEB);
        write("/etc/apt/sources.list.d/b.list", "deb https://b.example.org stable main\n");
        write("/etc/apt/sources.list.d/a.sources", """
                Types: deb
                URIs: http://one.example.org/x http://two.example.org/x/
                Suites: s
                Components: main extra
                """);
        assertThat(labels(read()))
                .containsExactly(
                        "http://deb.example.org/debian/ boulder main",
                        "http://one.example.org/x/ s main extra",
                        "http://two.example.org/x/ s main extra",
                        "https://b.example.org/ stable main");
        assertThat(read().sources().get(1).origin()).isEqualTo("/etc/apt/sources.list.d/a.sources:1");
    }

    @Test
    void makesOneSourceOfEachSuite() throws IOException {
        write("/etc/apt/sources.list.d/a.sources", "Types: deb\nURIs: file:/srv\nSuites: a b c\nComponents: main\n");
        assertThat(labels(read())).containsExactly("file:/srv/ a main", "file:/srv/ b main", "file:/srv/ c main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.list.disabled", "a.list~", "a.list.bak", "a.list.dpkg-old", "a.lists", "a", ".a.list"})
    void passesOverFilesThatAptPassesOver(String name) throws IOException {
        write("/etc/apt/sources.list.d/" + name, DEB);
        assertThat(read().sources()).isEmpty();
        assertThat(read().problems()).isEmpty();
    }

    @Test
    void reportsFilesWhoseNamesAptDoesNotTake() throws IOException {
        write("/etc/apt/sources.list.d/a b.list", DEB);
        assertThat(read().sources()).isEmpty();
        assertThat(read().problems()).map(ConfigurationProblem::file)
                .containsExactly("/etc/apt/sources.list.d/a b.list");
    }

    @Test
    void joinsComponentsAndDropsDuplicates() throws IOException {
        write("/etc/apt/sources.list", DEB + DEB + "deb http://deb.example.org/debian/ boulder contrib main\n"
                + "deb [trusted=yes] http://deb.example.org/debian boulder extra\n");
        assertThat(labels(read()))
                .containsExactly(
                        "http://deb.example.org/debian/ boulder main contrib",
                        "http://deb.example.org/debian/ boulder extra");
        assertThat(read().sources().getFirst().origin()).isEqualTo("/etc/apt/sources.list:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cdrom:[Disc 1]/", "tor+http://x.example/", "mirror+ftp://x.example/", "http://u:secret@/",
                "ftp://ftp.example.org/", "ssh://x.example/", "nonsense", "http:///x", "http://[/", "file:relative",
                "http://a%zz/"
            })
    void reportsAddressesThatCannotBeUsedAndKeepsOthers(String address) throws IOException {
        write("/etc/apt/sources.list", "# one\ndeb " + address + " boulder main\n" + DEB);
        AptConfiguration.Result result = read();
        assertThat(labels(result)).containsExactly("http://deb.example.org/debian/ boulder main");
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("/etc/apt/sources.list");
            assertThat(problem.line()).isPositive();
            assertThat(problem.text()).doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "file:///srv/a, file:/srv/a/", "file://localhost/srv/a/, file:/srv/a/", "copy:/srv/a, file:/srv/a/",
        "HTTP://x.example/a, http://x.example/a/", "http://x.example/$(ARCH)/a, http://x.example/amd64/a/"
    })
    void readsAddresses(String written, URI expected) throws IOException {
        write("/etc/apt/sources.list", "deb " + written + " ./\n");
        assertThat(only().archive()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/, ./", "./, ./", "./a/, a/", "x/binary-$(ARCH)/, x/binary-amd64/"})
    void readsArchivesWithoutComponents(String written, String expected) throws IOException {
        write("/etc/apt/sources.list", "deb file:/srv/a " + written + "\n");
        assertThat(only().suite()).isEqualTo(expected);
        assertThat(only().components()).isEmpty();
    }

    @Test
    void takesArchitecturesOfDpkgAndOfSources() throws IOException {
        write("/var/lib/dpkg/arch", "arm64\ni386\n");
        write("/etc/apt/sources.list", DEB + """
                deb [arch=i386] file:/b b c
                deb [arch+=armhf arch-=i386] file:/c b c
                deb [arch=i386,arm64] file:/d b c
                """);
        AptConfiguration.Result result = read();
        assertThat(result.architectures()).containsExactly("arm64", "i386");
        assertThat(result.sources()).map(ArchiveSource::architectures).containsExactly(
                List.of("arm64", "i386"), List.of("i386"), List.of("arm64", "armhf"), List.of("arm64", "i386"));
    }

    @Test
    void takesArchitecturesOfTheSettings() throws IOException {
        write("/var/lib/dpkg/arch", "amd64\ni386\n");
        write("/etc/apt/apt.conf", "APT { Architecture \"arm64\"; Architectures { \"armhf\"; \"arm64\"; }; };");
        assertThat(read().architectures()).containsExactly("arm64", "armhf");
    }

    @Test
    void takesKeysOfTheSourceOrAptsOwn() throws IOException {
        String fingerprint = "0123456789ABCDEF".repeat(2) + "01234567";
        write("/etc/apt/trusted.gpg", "k");
        write("/etc/apt/trusted.gpg.d/b.asc", "k");
        write("/etc/apt/trusted.gpg.d/a.gpg", "k");
        write("/etc/apt/trusted.gpg.d/a.gpg~", "k");
        write("/etc/apt/sources.list", DEB + "deb [signed-by=/usr/share/keyrings/x.gpg] file:/b b c\n"
                + "deb [signed-by=" + fingerprint + "] file:/c b c\n");
        List<ArchiveSource> sources = read().sources();
        List<Path> own = List.of(
                root.resolve("etc/apt/trusted.gpg"),
                root.resolve("etc/apt/trusted.gpg.d/a.gpg"),
                root.resolve("etc/apt/trusted.gpg.d/b.asc"));
        assertThat(sources).map(ArchiveSource::keyrings).containsExactly(
                own, List.of(root.resolve("usr/share/keyrings/x.gpg")), own);
        assertThat(sources.getLast().fingerprints()).containsExactly(fingerprint);
        assertThat(read().keyrings()).isEqualTo(own);
    }

    @Test
    void takesAKeyThatTheSourceHolds() throws IOException {
        write("/etc/apt/trusted.gpg", "k");
        write("/etc/apt/sources.list.d/a.sources", """
                Types: deb
                URIs: file:/a
                Suites: ./
                Signed-By: -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abc
                 -----END PGP PUBLIC KEY BLOCK-----
                """);
        assertThat(only().keyrings()).isEmpty();
        assertThat(only().keys().orElseThrow()).startsWith("-----BEGIN").contains("-----\n\nabc\n");
    }

    @Test
    void relaxesNothingUnasked() throws IOException {
        write("/etc/apt/sources.list", DEB);
        assertThat(only().relaxed()).isEqualTo(Relaxed.NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "Acquire::Check-Valid-Until \"false\"; , '', false, true, false",
        "Acquire::Check-Date \"false\"; , '', false, true, true",
        "Acquire::Check-Date \"false\"; , check-date=yes, false, false, false",
        "Acquire::Check-Valid-Until \"no\"; , check-valid-until=yes, false, false, false",
        "'', check-valid-until=no, false, true, false",
        "'', check-date=no, false, true, true",
        "'', trusted=yes, true, false, false",
        "Acquire::AllowInsecureRepositories \"true\"; , '', false, false, false",
        "'Acquire::AllowInsecureRepositories \"1\"; APT::Get::AllowUnauthenticated \"1\";', '', true, false, false",
        "'Acquire::AllowInsecureRepositories \"1\"; APT::Get::AllowUnauthenticated \"1\";', allow-insecure=no, "
                + "false, false, false"
    })
    void relaxesWhatAptIsToldTo(String conf, String option, boolean trusted, boolean validUntil, boolean date)
            throws IOException {
        write("/etc/apt/apt.conf.d/99relaxed", conf);
        write("/etc/apt/sources.list", "deb [" + option + "] http://deb.example.org/ boulder main\n");
        assertThat(only().relaxed()).isEqualTo(new Relaxed(trusted, validUntil, date));
    }

    @Test
    void doesNotUseWhatIsMarkedAsNotTrusted() throws IOException {
        write("/etc/apt/sources.list", "deb [trusted=no] file:/a b c\n" + DEB);
        assertThat(read().sources()).hasSize(1);
        assertThat(read().problems()).singleElement().asString().contains("not to be trusted");
    }

    @Test
    void readsSettingsInAptsOrder() throws IOException {
        write("/etc/apt/sources.list", DEB);
        write("/etc/apt/apt.conf.d/10a", "Acquire::http::Proxy \"http://one.example:1\";");
        write("/etc/apt/apt.conf.d/20b.conf", "Acquire::http::Proxy \"http://two.example:1\";");
        write("/etc/apt/apt.conf.d/30c.txt", "Acquire::http::Proxy \"http://three.example:1\";");
        assertThat(only().proxy()).contains(URI.create("http://two.example:1"));
        write("/etc/apt/apt.conf", "Acquire::http::Proxy \"http://four.example:1\";");
        assertThat(only().proxy()).contains(URI.create("http://four.example:1"));
    }

    @Test
    void followsOtherPlacesOfFiles() throws IOException {
        write("/opt/conf", """
                Dir::Etc "/opt/apt"; Dir::Etc::sourceparts "parts"; Dir::Etc::sourcelist "/dev/null";
                """);
        write("/opt/apt/parts/a.list", DEB);
        write("/etc/apt/sources.list", "deb file:/wrong a b\n");
        assertThat(labels(read(Map.of("APT_CONFIG", "/opt/conf"))))
                .containsExactly("http://deb.example.org/debian/ boulder main");
    }

    @Test
    void staysBelowTheRoot() throws IOException {
        write("/etc/apt/apt.conf", "Dir::Etc::sourcelist \"/../../../../etc/x.list\";");
        write("/etc/x.list", DEB);
        assertThat(read().sources()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http, '', 'http_proxy=http://p:1', http://p:1",
        "http, '', 'http_proxy=p:1', http://p:1",
        "http, '', 'https_proxy=http://p:1', ",
        "https, '', 'https_proxy=http://p:1 http_proxy=http://q:1', http://p:1",
        "https, '', 'http_proxy=http://q:1', http://q:1",
        "http, 'Acquire::http::Proxy \"http://c:1\";', 'http_proxy=http://p:1', http://c:1",
        "https, 'Acquire::http::Proxy \"http://c:1\";', '', http://c:1",
        "https, 'Acquire::http::Proxy \"http://c:1\"; Acquire::https::Proxy \"http://d:1\";', '', http://d:1",
        "http, 'Acquire::http::Proxy \"DIRECT\";', 'http_proxy=http://p:1', ",
        "http, 'Acquire::http::Proxy \"http://c:1\"; Acquire::http::Proxy::deb.example.org \"DIRECT\";', '', ",
        "http, 'Acquire::http::Proxy \"http://c:1\"; Acquire::http::Proxy::deb.example.org \"http://h:1\";', '', "
                + "http://h:1",
        "http, 'Acquire::http::Proxy::other.example.org \"http://h:1\";', '', ",
        "http, '', 'http_proxy=http://p:1 no_proxy=localhost,example.org', ",
        "http, '', 'http_proxy=http://p:1 no_proxy=.example.org', ",
        "http, '', 'http_proxy=http://p:1 no_proxy=*', ",
        "http, '', 'http_proxy=http://p:1 no_proxy=ample.org', http://p:1",
        "http, 'Acquire::http::Proxy \"http://c:1\";', 'no_proxy=deb.example.org', "
    })
    void choosesProxies(String scheme, String conf, String variables, URI expected) throws IOException {
        write("/etc/apt/apt.conf", conf);
        write("/etc/apt/sources.list", "deb " + scheme + "://deb.example.org/ boulder main\n");
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.split(" ")) {
            int sign = variable.indexOf('=');
            if (sign > 0) {
                environment.put(variable.substring(0, sign), variable.substring(sign + 1));
            }
        }
        AptConfiguration.Result result = read(environment);
        assertThat(result.problems()).isEmpty();
        assertThat(result.sources().getFirst().proxy()).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acquire::http::Proxy \"socks5h://p:1\";", "Acquire::http::Proxy \"ftp://p:1\";",
                "Acquire::http::Proxy \"http://\";", "Acquire::http::Proxy \"https://u:secret@p:1\";"
            })
    void reachesNoArchivePastAProxyThatCannotBeUsed(String conf) throws IOException {
        write("/etc/apt/apt.conf", conf);
        write("/etc/apt/sources.list", DEB + "deb file:/srv/a ./\n");
        AptConfiguration.Result result = read();
        assertThat(result.problems()).singleElement().satisfies(problem ->
                assertThat(problem.text()).endsWith("must not be reached in another way").doesNotContain("secret"));
        assertThat(labels(result)).containsExactly("file:/srv/a/ ./");
    }

    @Test
    void goesDirectlyWhereAProgramWouldTellTheProxy() throws IOException {
        write("/etc/apt/apt.conf", "Acquire::http::Proxy-Auto-Detect \"/usr/bin/x\";");
        write("/etc/apt/sources.list", DEB);
        AptConfiguration.Result result = read();
        assertThat(result.problems()).hasSize(1);
        assertThat(result.sources()).singleElement().satisfies(s -> assertThat(s.proxy()).isEmpty());
    }

    @Test
    void findsLoginsOfArchives() throws IOException {
        write("/etc/apt/auth.conf", """
                # for one path
                machine example.org/private/ login reader password first-secret
                machine http://plain.example.org:8080 login reader
                 password two
                machine example.org login rest password three
                """);
        write("/etc/apt/auth.conf.d/more.conf", "machine other.example.org login o password four");
        write("/etc/apt/auth.conf.d/ignored.bak", "machine last.example.org login o password five");
        write("/etc/apt/sources.list", """
                deb https://example.org/private/debian a main
                deb https://example.org/privately b main
                deb http://example.org/private/debian c main
                deb http://plain.example.org:8080/x d main
                deb http://plain.example.org/x e main
                deb https://other.example.org f main
                deb https://u:p%40ss@third.example.org/x g main
                deb https://last.example.org h main
                """);
        AptConfiguration.Result result = read();
        assertThat(result.problems()).isEmpty();
        assertThat(result.sources()).extracting(source -> source.access().login()).containsExactly(
                Optional.of(new Login("reader", "first-secret")),
                Optional.of(new Login("rest", "three")),
                Optional.empty(),
                Optional.of(new Login("reader", "two")),
                Optional.empty(),
                Optional.of(new Login("o", "four")),
                Optional.of(new Login("u", "p@ss")),
                Optional.empty());
        assertThat(result.sources().toString())
                .doesNotContain("first-secret")
                .doesNotContain("p@ss")
                .doesNotContain("p%40ss");
        assertThat(result.sources().get(6).archive()).isEqualTo(URI.create("https://third.example.org/x/"));
    }

    @Test
    void readsListsOfMirrors() throws IOException {
        write("/etc/apt/sources.list", """
                deb mirror+file:/etc/apt/mirrors.txt stable main
                deb mirror://example.org/list stable main
                """);
        assertThat(labels(read())).containsExactly(
                "mirror+file:/etc/apt/mirrors.txt stable main", "mirror+http://example.org/list stable main");
        assertThat(read().sources()).allMatch(source -> source.access().mirrors());
        assertThat(Mirrors.read("""
                # comment
                http://b.example.org/debian\tpriority:2 arch:amd64
                ftp://c.example.org/debian
                mirror+http://d.example.org/debian
                http://last.example.org/debian
                https://a.example.org/debian/\tpriority:1
                """)).extracting(URI::toString).containsExactly(
                "https://a.example.org/debian/", "http://b.example.org/debian/", "http://last.example.org/debian/");
    }

    @Test
    void followsWhatIsSaidOfReading() throws IOException {
        write("/etc/apt/sources.list", DEB);
        assertThat(only().reading()).isEqualTo(ArchiveReading.USUAL);
        write("/etc/apt/apt.conf", """
                Acquire::By-Hash "no"; Acquire::PDiffs "false"; Acquire::Max-ValidTime "864000";
                Acquire::Max-FutureTime "10"; Acquire::Languages "none";
                """);
        assertThat(only().reading()).isEqualTo(new ArchiveReading(
                ArchiveReading.ByHash.NEVER, false, true, Optional.empty(), Optional.empty(),
                Optional.of(Duration.ofDays(10)), Duration.ofSeconds(10)));
        write("/etc/apt/sources.list", "deb [by-hash=force pdiffs=yes lang=none inrelease-path=by/InRelease-1"
                + " valid-until-min=60 valid-until-max=120 date-max-future=3] http://deb.example.org/debian a main\n");
        assertThat(only().reading()).isEqualTo(new ArchiveReading(
                ArchiveReading.ByHash.ALWAYS, true, false, Optional.of("by/InRelease-1"),
                Optional.of(Duration.ofSeconds(60)), Optional.of(Duration.ofSeconds(120)), Duration.ofSeconds(3)));
        write("/etc/apt/sources.list", "deb [inrelease-path=../x] http://deb.example.org/debian a main\n");
        assertThat(read().problems()).hasSize(1);
    }

    @Test
    void tellsWhetherRecommendedPackagesComeAlong() throws IOException {
        assertThat(read().recommending()).isTrue();
        write("/etc/apt/apt.conf.d/99slim", "APT::Install-Recommends \"0\";");
        assertThat(read().recommending()).isFalse();
    }

    @Test
    void needsNoProxyForFiles() throws IOException {
        write("/etc/apt/sources.list", "deb file:/srv/a ./\n");
        assertThat(read(Map.of("http_proxy", "http://p:1")).sources().getFirst().proxy()).isEmpty();
    }

    @Test
    void reportsFilesThatCannotBeRead() throws IOException {
        write("/etc/apt/sources.list", DEB);
        write("/etc/apt/sources.list.d/a.list", "x".repeat((1 << 20) + 1));
        assertThat(read().sources()).hasSize(1);
        assertThat(read().problems()).singleElement().asString()
                .startsWith("/etc/apt/sources.list.d/a.list: has more than");
        Path secret = root.resolve("etc/apt/sources.list.d/a.list");
        Files.setPosixFilePermissions(secret, Set.of());
        Assumptions.assumeFalse(Files.isReadable(secret), "skipped: this user can read every file");
        assertThat(read().problems()).singleElement().asString().endsWith("cannot be read: permission denied");
    }

    @Test
    void tellsWhatTheSystemIsCalled() throws IOException {
        write("/usr/lib/os-release", "ID=example\nPRETTY_NAME=\"Example 12\"\n");
        assertThat(read().distribution()).contains(new OsRelease("example", "Example 12", ""));
    }

    @Test
    void readsTheMachinesOwnConfiguration() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/etc/apt")), "skipped: this machine has no /etc/apt");
        AptConfiguration.Result result = AptConfiguration.read(Path.of("/"), "amd64", System.getenv());
        assertThat(result.architectures()).isNotEmpty();
        assertThat(result.sources()).allSatisfy(s -> assertThat(s.archive().toString()).endsWith("/"));
    }
}
