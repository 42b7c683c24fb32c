// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.build.sandbox.Confinement.Network;
import dev.cairn.daemon.DaemonException;
import dev.cairn.encoding.ShellWord;
import dev.cairn.fs.Octets;
import dev.cairn.path.StorePath;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Runs builders by bubblewrap in new user, mount, process, network, IPC and host name namespaces (daemon, sections
 * 8.2 to 8.5), without privileges, where {@link NamespaceSandbox} may not. What differs from guix-daemon: the first
 * argument of the builder is its full name, {@code no_new_privs} is set, and there are no build users.
 *
 * <p>Everything a builder started ends with it, and with this process at the latest. Safe for use by several threads.
 */
public final class Bubblewrap implements Sandbox {
    /** The builder's user as it sees itself. */
    public static final int USER = NamespaceSandbox.USER;

    /** The builder's group as it sees itself. */
    public static final int GROUP = NamespaceSandbox.GROUP;

    /** More arguments bwrap does not take; some are left for the command. */
    private static final int MAX_ARGUMENTS = 8900;

    private final Path program;

    private Bubblewrap(Path program) {
        this.program = program;
    }

    /**
     * Finds the program and makes sure that it works on this machine.
     *
     * @param searchPath the value of {@code PATH}
     * @throws DaemonException.SandboxUnavailable when it is not installed or may not make namespaces
     */
    public static Bubblewrap find(String searchPath) throws DaemonException {
        for (String folder : (searchPath + ":/usr/bin:/bin").split(":")) {
            Path candidate = Path.of(folder).resolve("bwrap");
            if (folder.startsWith("/") && Files.isExecutable(candidate)) {
                SandboxCheck.requireUsable(candidate);
                return new Bubblewrap(candidate);
            }
        }
        throw SandboxCheck.notInstalled();
    }

    /** The program itself. */
    Path program() {
        return program;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The calling thread must live as long as the process: the kernel ends bwrap together with the thread that
     * started it. A virtual thread must therefore not call this.
     *
     * @throws DaemonException.Refused when there are more inputs than bwrap can show, or a build user is asked for
     */
    @Override
    public StartedBuilder start(Confinement builder) throws DaemonException, IOException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a builder must be started by a platform thread");
        }
        if (builder.user().isPresent()) {
            throw new DaemonException.Refused(
                    "builders cannot run as build users here: that takes the system's perl, which may not make "
                            + "namespaces",
                    Optional.of("As root: apt install perl-base"));
        }
        Path folder = builder.folder();
        Files.createDirectory(builder.storeFolder());
        Files.setAttribute(builder.storeFolder(), "unix:mode", 01775);
        Files.createDirectory(folder.resolve("tmp"));
        Files.setAttribute(folder.resolve("tmp"), "unix:mode", 01777);
        writeEtc(folder.resolve("etc"), builder.network() != Network.LOOPBACK);
        Path options = folder.resolve("options");
        Files.write(options, options(builder));
        Path script = folder.resolve("start");
        Files.write(script, script(builder, options));
        ProcessBuilder process = new ProcessBuilder("/bin/sh", script.toString()).redirectErrorStream(true);
        process.environment().clear();
        process.environment().put("PATH", "/usr/bin:/bin");
        process.redirectInput(new File("/dev/null"));
        return new HostProcess(process.start());
    }

    /** The user and group files, and without network the hosts file. */
    private static void writeEtc(Path folder, boolean network) throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("passwd"), """
                nixbld:x:%d:%d:Nix build user:/:/noshell
                nobody:x:65534:65534:Nobody:/:/noshell
                """.formatted(USER, GROUP));
        Files.writeString(folder.resolve("group"), "nixbld:!:" + GROUP + ":\n");
        if (!network) {
            Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n::1 localhost\n");
        }
        for (String name : new String[] {"passwd", "group", "hosts"}) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
            }
        }
    }

    /**
     * The shell script that becomes bwrap. A file, because arguments must pass to the octet and the options, which
     * hold every input, need a descriptor of their own.
     */
    private byte[] script(Confinement builder, Path options) {
        StringBuilder text = new StringBuilder("""
                umask 022
                echo 1000 > /proc/self/oom_score_adj
                fixed=
                setarch -R true 2>/dev/null && fixed='setarch -R'
                """);
        text.append("exec $fixed ").append(ShellWord.quote(octets(program))).append(" --args 3 -- ");
        text.append(ShellWord.quote(builder.builder()));
        builder.arguments().forEach(argument -> text.append(' ').append(ShellWord.quote(argument)));
        text.append(" 3<").append(ShellWord.quote(octets(options))).append('\n');
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] options(Confinement builder) throws DaemonException, IOException {
        Options options = new Options();
        options.add("--unshare-user").add("--unshare-pid").add("--unshare-ipc").add("--unshare-uts");
        options.add("--unshare-cgroup-try");
        if (builder.network() != Network.HOST) {
            options.add("--unshare-net");
        }
        options.add("--uid", Integer.toString(USER)).add("--gid", Integer.toString(GROUP));
        options.add("--hostname", "localhost").add("--cap-drop", "ALL");
        options.add("--die-with-parent").add("--new-session").add("--as-pid-1");
        options.add("--proc", "/proc").add("--dev", "/dev").add("--dev-bind-try", "/dev/kvm", "/dev/kvm");
        addEtc(options, builder);
        options.add("--bind", octets(builder.folder().resolve("tmp")), "/tmp");
        options.add("--bind", octets(builder.buildFolder()), builder.workingDirectory());
        if (builder.hostTools()) {
            addHostTools(options);
        }
        String store = builder.layout().storeDirectory().path();
        options.add("--bind", octets(builder.storeFolder()), store);
        for (StorePath input : builder.inputs()) {
            Path file = builder.layout().physical(input);
            // A symlink cannot be mounted; a copy of it does as well.
            if (Files.isSymbolicLink(file)) {
                options.add("--symlink", octets(Files.readSymbolicLink(file)), input.toString());
            } else {
                options.add("--ro-bind", octets(file), input.toString());
            }
        }
        for (String more : builder.more()) {
            int equals = more.indexOf('=');
            options.add("--bind", more.substring(equals + 1), equals < 0 ? more : more.substring(0, equals));
        }
        options.add("--remount-ro", "/");
        options.add("--clearenv");
        builder.environment().forEach((name, value) -> options.add("--setenv", name, value));
        options.add("--chdir", builder.workingDirectory());
        if (options.count > MAX_ARGUMENTS) {
            throw new DaemonException.Refused(
                    "'" + builder.name() + "' has " + builder.inputs().size()
                            + " items in the closure of its inputs, more than bubblewrap can show to a builder",
                    Optional.empty());
        }
        return options.octets.toByteArray();
    }

    private static void addEtc(Options options, Confinement builder) {
        Path etc = builder.folder().resolve("etc");
        options.add("--ro-bind", octets(etc.resolve("passwd")), "/etc/passwd");
        options.add("--ro-bind", octets(etc.resolve("group")), "/etc/group");
        if (builder.network() != Network.LOOPBACK) {
            for (String name : new String[] {"services", "nsswitch.conf", "hosts", "resolv.conf"}) {
                options.add("--ro-bind-try", "/etc/" + name, "/etc/" + name);
            }
        } else {
            options.add("--ro-bind", octets(etc.resolve("hosts")), "/etc/hosts");
        }
    }

    private static void addHostTools(Options options) throws IOException {
        options.add("--ro-bind", "/usr", "/usr");
        for (String name : new String[] {"bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
            Path path = Path.of("/", name);
            if (Files.isSymbolicLink(path)) {
                options.add("--symlink", octets(Files.readSymbolicLink(path)), "/" + name);
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                options.add("--ro-bind", "/" + name, "/" + name);
            }
        }
        options.add("--ro-bind-try", "/etc/alternatives", "/etc/alternatives");
        try (var entries = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
            for (Path entry : entries) {
                // One of them may be a link that leads nowhere.
                options.add("--ro-bind-try", octets(entry), octets(entry));
            }
        }
    }

    private static String octets(Path path) {
        return new String(Octets.of(path), StandardCharsets.ISO_8859_1);
    }

    /** Options of bwrap, each ended by a zero octet. */
    private static final class Options {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private int count;

        Options add(String... words) {
            for (String word : words) {
                octets.writeBytes(word.getBytes(StandardCharsets.ISO_8859_1));
                octets.write(0);
                count++;
            }
            return this;
        }
    }
}
