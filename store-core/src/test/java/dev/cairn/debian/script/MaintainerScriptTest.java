// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.debian.script.ScriptAction.AddsAccount;
import dev.cairn.debian.script.ScriptAction.Alternative;
import dev.cairn.debian.script.ScriptAction.Diverts;
import dev.cairn.debian.script.ScriptAction.NotUnderstood;
import dev.cairn.debian.script.ScriptAction.Slave;
import dev.cairn.debian.script.ScriptAction.StartsService;
import dev.cairn.debian.script.ScriptAction.Triggers;
import dev.cairn.testing.Gen;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintainerScriptTest {
    private static final ScriptFacts FACTS = new ScriptFacts("demo", "amd64", "amd64");
    private static final Alternative PAGER = pager(false);

    private static Alternative pager(boolean conditional) {
        return new Alternative("/usr/bin/pager", "pager", "/usr/bin/demo", 10, List.of(), conditional);
    }

    private static final String INSTALL = "update-alternatives --install /usr/bin/pager pager /usr/bin/demo 10\n";

    private static List<ScriptAction> read(String script) {
        return MaintainerScript.read("#!/bin/sh\nset -e\n" + script, FACTS);
    }

    @Test
    void readsAlternativesWithSlaves() {
        assertThat(read("""
                if [ "$1" = "configure" ]; then
                    update-alternatives --quiet \\
                        --install /usr/bin/vi vi /usr/bin/demo.vi 30 \\
                        --slave /usr/share/man/man1/vi.1.gz vi.1.gz "/usr/share/man/man1/demo.1.gz" \\
                        --slave '/usr/share/man/de/man1/vi.1.gz' vi.de.1.gz /usr/share/man/de/man1/demo.1.gz
                fi
                """)).containsExactly(new Alternative(
                        "/usr/bin/vi",
                        "vi",
                        "/usr/bin/demo.vi",
                        30,
                        List.of(
                                new Slave("/usr/share/man/man1/vi.1.gz", "vi.1.gz", "/usr/share/man/man1/demo.1.gz"),
                                new Slave(
                                        "/usr/share/man/de/man1/vi.1.gz",
                                        "vi.de.1.gz",
                                        "/usr/share/man/de/man1/demo.1.gz")),
                        false));
    }

    @Test
    void followsVariablesAndLoopsOverConstantWords() {
        assertThat(read("""
                base=/usr/lib/demo
                priority=17
                tools='one two'
                case "$1" in
                configure)
                    for tool in $tools three; do
                        update-alternatives --install /usr/bin/$tool ${tool} "$base/bin/$tool" $priority
                    done
                    ;;
                abort-upgrade)
                    update-alternatives --install /a a /b 1
                    ;;
                esac
                """)).map(action -> ((Alternative) action).path())
                .containsExactly("/usr/lib/demo/bin/one", "/usr/lib/demo/bin/two", "/usr/lib/demo/bin/three");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if [ \"$1\" = configure ] || [ \"$1\" = abort-upgrade ]; then %s fi",
                "if test \"$1\" != configure; then :; else %s fi",
                "if [ configure = \"$1\" -a -z \"$2\" ]; then %s fi",
                "if [ \"${1:-configure}\" = configure ]; then %s fi",
                "[ \"$1\" = configure ] || exit 0\n%s",
                "case $1 in (conf*|x) %s ;; *) exit 1;; esac",
                "case $1 in remove) exit 0;; *) %s esac",
                "install_it() { %s }\nif [ $1 = configure ] ; then install_it; fi",
                "if [ \"$DPKG_MAINTSCRIPT_ARCH\" != $(dpkg --print-architecture) ]; then :; else %s fi",
                "if [ \"$(uname -s)\" = Linux ]; then %s fi",
                "! false && { %s }",
                "(%s)",
                "cat > /tmp/x <<-'END'\nif then \"\n\tEND\n%s",
                "# don't \"\n%s",
                "x=\"$(sed -e \"s' a ' b'\" file)\"\n%s",
                "rm -f /x >/dev/null 2>&1 || true; %s",
                "if [ \"$1\" = remove ]; then y; elif [ \"$1\" = configure ]; then %s else z; fi"
            })
    void followsConditionsThatAreCertain(String script) {
        assertThat(read(script.formatted(INSTALL))).containsExactly(PAGER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if [ \"$1\" = remove ]; then %s fi", "exit 0\n%s", "[ -n \"$2\" ] && %s",
                "case \"$1\" in upgrade|abort-*) %s ;; esac", "unused() { %s }", "if false; then %s fi",
                "case \"$1\" in 'conf*') %s ;; esac", "# %s", "cat <<EOF\n%sEOF\n",
                "case x$1 in xconfigure) exit 0;; esac; %s"
            })
    void leavesOutWhatIsNotDone(String script) {
        assertThat(read(script.formatted(INSTALL))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if [ -e /etc/demo ]; then %s fi", "if which demo; then %s fi", "while read x; do %s done",
                "[ -x /usr/bin/demo ] || exit 0\n%s", "for f in /etc/demo/*; do %s done",
                "case $UNKNOWN in a) ;; *) %s ;; esac", "demo && %s", "if [ a ] && demo; then %s fi"
            })
    void tellsConditionsThatAreNotKnown(String script) {
        assertThat(read(script.formatted(INSTALL))).containsExactly(pager(true));
    }

    @Test
    void knowsFilesThatItIsToldOf() {
        var facts = new ScriptFacts("demo", "all", "amd64", name -> Optional.of(name.equals("/usr/share/man/a.gz")));
        String script = """
                #!/bin/sh
                slave=
                if [ -e /usr/share/man/a.gz ]; then slave="--slave /usr/share/man/x.gz x.gz /usr/share/man/a.gz"; fi
                if [ -f /usr/share/man/b.gz ]; then slave="--slave /usr/share/man/x.gz x.gz /usr/share/man/b.gz"; fi
                update-alternatives --install /usr/bin/x x /usr/bin/a 5 $slave
                """;
        assertThat(MaintainerScript.read(script, facts)).containsExactly(new Alternative(
                "/usr/bin/x",
                "x",
                "/usr/bin/a",
                5,
                List.of(new Slave("/usr/share/man/x.gz", "x.gz", "/usr/share/man/a.gz")),
                false));
        assertThat(MaintainerScript.read(script, FACTS)).containsExactly(
                new Alternative("/usr/bin/x", "x", "/usr/bin/a", 5, List.of(), false),
                new NotUnderstood(
                        "update-alternatives --install /usr/bin/x x /usr/bin/a 5 $slave",
                        "which links go with it is not constant"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--slave /a b", "--slave /a b /c /d", "--master /a b /c", "--slave /a ../b /c", "$UNKNOWN"})
    void tellsWhenSlavesAreNotKnown(String rest) {
        assertThat(read(INSTALL.strip() + " " + rest + "\n")).satisfiesExactly(
                action -> assertThat(action).isEqualTo(PAGER),
                action -> assertThat(action).isInstanceOf(NotUnderstood.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update-alternatives --install /usr/bin/x x /usr/bin/$(uname -m) 10",
                "p=10; if demo; then p=20; fi; update-alternatives --install /usr/bin/x x /usr/bin/y $p",
                "p=10; while demo; do p=20; done; update-alternatives --install /usr/bin/x x /usr/bin/y $p",
                "read p; update-alternatives --install /usr/bin/x x /usr/bin/y $p",
                "update-alternatives --install /usr/bin/x x /usr/bin/y", "update-alternatives \"$@x$UNKNOWN\"",
                "update-alternatives --install /usr/bin/x x /usr/bin/y high",
                "update-alternatives --install /usr/bin/x ../x /usr/bin/y 1",
                "update-alternatives --install usr/bin/x x /usr/bin/y 1",
                "update-alternatives --install /usr/../../x x /usr/bin/y 1",
                "update-alternatives --install /usr/bin/x x `demo` 1",
                "for i in $UNKNOWN; do update-alternatives --install /usr/bin/$i $i /usr/bin/y 1; done"
            })
    void reportsWhatIsNotConstant(String script) {
        assertThat(read(script)).singleElement().satisfies(action -> {
            assertThat(action).isInstanceOf(NotUnderstood.class);
            assertThat(((NotUnderstood) action).command()).startsWith("update-alternatives");
        });
    }

    @Test
    void passesOverOtherUsesOfAlternatives() {
        assertThat(read("update-alternatives --auto x\nupdate-alternatives --remove x /usr/bin/y\n")).isEmpty();
    }

    @Test
    void readsWhatDebhelperWrites() {
        assertThat(read("""
                # Automatically added by dh_installsysusers/13.11.4
                if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ] ; then
                   systemd-sysusers ${DPKG_ROOT:+--root="$DPKG_ROOT"} demo.conf
                fi
                # End automatically added section
                # Automatically added by dh_installsystemd/13.11.4
                if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ] ; then
                	deb-systemd-helper unmask 'demo.service' >/dev/null || true
                	if deb-systemd-helper --quiet was-enabled 'demo.service'; then
                		deb-systemd-helper enable 'demo.service' >/dev/null || true
                	else
                		deb-systemd-helper update-state 'demo.service' >/dev/null || true
                	fi
                fi
                # End automatically added section
                if [ "$1" = "configure" ] || [ "$1" = "abort-upgrade" ] ; then
                	if [ -d /run/systemd/system ]; then
                		systemctl --system daemon-reload >/dev/null || true
                		if [ -n "$2" ]; then
                			_dh_action=restart
                		else
                			_dh_action=start
                		fi
                		deb-systemd-invoke $_dh_action 'demo.service' >/dev/null || true
                	fi
                fi
                if [ "$1" = "configure" ] ; then
                	if [ -x "/etc/init.d/demo" ]; then
                		update-rc.d demo defaults >/dev/null
                		invoke-rc.d --skip-systemd-native demo start || exit 1
                	fi
                fi
                """)).containsExactly(
                        new AddsAccount("systemd-sysusers demo.conf"),
                        new StartsService(Optional.of("demo.service")),
                        new StartsService(Optional.of("demo")));
    }

    @Test
    void readsAccountsDiversionsAndTriggers() {
        assertThat(read("""
                if ! getent passwd demo >/dev/null; then
                    adduser --system --group --home /var/lib/demo --gecos "Demo $UNKNOWN" demo
                fi
                dpkg-divert --package demo --add --rename --divert /usr/bin/x.orig /usr/bin/x
                dpkg-divert --rename /usr/bin/y
                dpkg-divert --remove --package demo /usr/bin/z
                dpkg-trigger --no-await update-demo
                dpkg-trigger --check-supported
                systemctl daemon-reload
                service other stop
                """)).containsExactly(
                        new AddsAccount("adduser --system --group --home /var/lib/demo --gecos … demo"),
                        new Diverts("/usr/bin/x", Optional.of("/usr/bin/x.orig")),
                        new Diverts("/usr/bin/y", Optional.empty()),
                        new Triggers("update-demo"));
    }

    @Test
    void tellsEachThingOnce() {
        assertThat(read(INSTALL + INSTALL)).containsExactly(PAGER);
    }

    @Test
    void readsOtherArguments() {
        String script = "#!/bin/sh\nif [ \"$1\" = remove ]; then dpkg-trigger gone; fi\n";
        assertThat(MaintainerScript.read(script, List.of("remove"), FACTS)).containsExactly(new Triggers("gone"));
        assertThat(MaintainerScript.read(script, FACTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#!/usr/bin/perl\n", "#!/usr/bin/python3\n", "", "\u007fELF", "#!/bin/sh -e\nif [ 'x\n"})
    void reportsScriptsThatItCannotRead(String start) {
        assertThat(MaintainerScript.read(start + INSTALL, FACTS))
                .singleElement()
                .isInstanceOf(NotUnderstood.class);
    }

    @Test
    void hasNothingToSayOfScriptsThatDoNothingOfInterest() {
        assertThat(MaintainerScript.read("#!/usr/bin/perl\nprint 1;\n", FACTS)).isEmpty();
        assertThat(MaintainerScript.read("", FACTS)).isEmpty();
    }

    @Test
    void comesToAnEnd() {
        String words = "a ".repeat(200);
        String loops = "for i in W; do for j in W; do for k in W; do x=$x$i$j$k; done; done; done\n"
                .replace("W", words);
        assertThat(read(loops + INSTALL)).anySatisfy(action -> assertThat(action).isInstanceOf(NotUnderstood.class));
        assertThat(read("f() { f; f; }\nf\n" + INSTALL)).isNotEmpty();
        assertThat(read("if a; then ".repeat(1000) + INSTALL)).hasOnlyElementsOfType(NotUnderstood.class);
        assertThat(read("{ ".repeat(10_000) + INSTALL)).hasOnlyElementsOfType(NotUnderstood.class);
        assertThat(read("! ".repeat(10_000) + INSTALL)).containsExactly(PAGER);
        assertThat(read("f() ".repeat(10_000) + "{ :; }\n" + INSTALL)).hasOnlyElementsOfType(NotUnderstood.class);
        assertThat(read("a && ".repeat(10_000) + INSTALL)).hasOnlyElementsOfType(NotUnderstood.class);
        assertThat(read("if a; then b; el".repeat(1000) + INSTALL)).hasOnlyElementsOfType(NotUnderstood.class);
        String growing = "x=aaaaaaaaaaaaaaaa\n" + "x=$x$x\n".repeat(100) + "y=\"$x $x\"\n" + INSTALL;
        assertThat(read(growing)).containsExactly(PAGER);
    }

    @Test
    void neverFails() {
        Gen.of(List.of(
                        "if ", "then\n", "fi\n", "[ a ]", ";", "$(", ")", "\"", "'", "{ ", "}\n", "case $1 in ", "esac",
                        "x)", "for i in a b", ";do ", "done\n", "&&", "||", "|", "<<E\n", "E\n", "$x", "x=1 ", "\\",
                        "`", INSTALL))
                .lists(0, 14)
                .check(3000, parts -> read(String.join("", parts) + "\n# update-alternatives"));
    }
}
