// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.build.sandbox.Confinement.Network;
import dev.cairn.daemon.DaemonException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs builders in namespaces of their own, as guix-daemon does (daemon, sections 8.4 and 8.5): with build users, or in
 * a user namespace without privileges. Everything a builder started ends with it, and with this process at the latest.
 */
final class NamespaceSandbox implements Sandbox {
    /** The builder's user as it sees itself, unless it is a build user. */
    static final int USER = 30001;

    /** The builder's group as it sees itself, unless it is that of build users. */
    static final int GROUP = 30000;

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceSandbox.class);
    private static final int NEW_MOUNTS = 0x20000;
    private static final int NEW_HOST_NAME = 0x4000000;
    private static final int NEW_IPC = 0x8000000;
    private static final int NEW_USER = 0x10000000;
    private static final int NEW_PROCESSES = 0x20000000;
    private static final int NEW_NETWORK = 0x40000000;
    private static final int APART = NEW_MOUNTS | NEW_HOST_NAME | NEW_IPC | NEW_PROCESSES;

    private static final String NO_SET_ID_NO_DEVICES = "6";
    private static final String BIND = Integer.toString(0x1000 | 0x4000);
    private static final List<String> DEVICES = List.of("full", "null", "random", "tty", "urandom", "zero");
    private static final AtomicReference<Optional<Boolean>> USABLE = new AtomicReference<>(Optional.empty());

    /** Whether this machine lets this process make such namespaces; tried out once. */
    static boolean isUsable() {
        Optional<Boolean> known = USABLE.get();
        if (known.isEmpty()) {
            known = Optional.of(tryOut());
            USABLE.set(known);
        }
        return known.get();
    }

    private static boolean tryOut() {
        Instructions instructions = new Instructions();
        try {
            addMap(instructions);
            instructions.add("private")
                    .add("mount", "none", "/tmp", "tmpfs", NO_SET_ID_NO_DEVICES, "mode=0755")
                    .add("folder", "/tmp/proc", "755")
                    .add("mount", "none", "/tmp/proc", "proc", "0", "")
                    .add("pivot", "/tmp")
                    .add("lock").add(USER).add(GROUP)
                    .add("try");
            SpawnedBuilder started = SpawnedBuilder.start(APART | NEW_USER | NEW_NETWORK, instructions);
            try (var output = started.output()) {
                byte[] trouble = output.readNBytes(4096);
                ExitStatus status = started.untilEnded();
                if (!status.isSuccess()) {
                    LOG.info("Builders cannot be isolated without bubblewrap: {}", new String(trouble));
                }
                return status.isSuccess();
            }
        } catch (IOException e) {
            LOG.info("Builders cannot be isolated without bubblewrap: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public StartedBuilder start(Confinement builder) throws DaemonException, IOException {
        Files.createDirectory(builder.storeFolder());
        Files.setAttribute(builder.storeFolder(), "unix:mode", 01775);
        Files.createDirectory(builder.folder().resolve("tmp"));
        Files.setAttribute(builder.folder().resolve("tmp"), "unix:mode", 01777);
        int flags = APART;
        Instructions instructions = new Instructions();
        if (builder.user().isPresent()) {
            Files.setAttribute(builder.storeFolder(), "unix:gid", builder.user().get().gid());
        } else {
            flags |= NEW_USER;
            addMap(instructions);
        }
        instructions.add("private").add("host", "localhost", "(none)").add("expendable");
        if (builder.network() != Network.HOST) {
            flags |= NEW_NETWORK;
        }
        if (builder.network() == Network.LOOPBACK) {
            instructions.add("loopback");
        }
        addRoot(instructions, builder);
        Programs.become(instructions, builder, builder.workingDirectory());
        return SpawnedBuilder.startReady(flags, instructions);
    }

    private static void addMap(Instructions instructions) throws IOException {
        Path self = Path.of("/proc/self");
        instructions.add("map").add(USER).add((Integer) Files.getAttribute(self, "unix:uid"));
        instructions.add(GROUP).add((Integer) Files.getAttribute(self, "unix:gid"));
    }

    /**
     * A new root in memory, mounted over the folder that holds the two parts of it that are on disk; those are reached
     * by names relative to what lies below.
     */
    private static void addRoot(Instructions to, Confinement builder) throws IOException {
        String root = Instructions.name(builder.folder());
        to.add("chdir", root);
        to.add("mount", "none", root, "tmpfs", NO_SET_ID_NO_DEVICES, "mode=0755");
        to.add("folder", root + "/proc", "555").add("mount", "none", root + "/proc", "proc", "0", "");
        addDevices(to, root);
        addEtc(to, builder, root + "/etc");
        to.add("folder", root + "/tmp", "1777").add("mount", "tmp", root + "/tmp", "none", BIND, "");
        to.add("show", Instructions.name(builder.buildFolder()), root + builder.workingDirectory());
        if (builder.hostTools()) {
            HostTools.add(to, root);
        }
        addStore(to, builder, root);
        for (String more : builder.more()) {
            addMore(to, more, root, builder.layout().storeDirectory().path());
        }
        to.add("pivot", root).add("protect", "/");
        if (builder.user().isEmpty()) {
            to.add("lock").add(USER).add(GROUP);
        }
    }

    private static void addDevices(Instructions to, String root) {
        String folder = root + "/dev";
        to.add("folder", folder, "755");
        DEVICES.forEach(device -> to.add("show", "/dev/" + device, folder + "/" + device));
        to.add("show-try", "/dev/kvm", folder + "/kvm");
        to.add("link", "/proc/self/fd", folder + "/fd");
        to.add("link", "/proc/self/fd/0", folder + "/stdin");
        to.add("link", "/proc/self/fd/1", folder + "/stdout");
        to.add("link", "/proc/self/fd/2", folder + "/stderr");
        to.add("folder", folder + "/shm", "1777").add("mount", "none", folder + "/shm", "tmpfs", "0", "");
        if (Files.exists(Path.of("/dev/pts/ptmx"))) {
            to.add("folder", folder + "/pts", "755");
            to.add("mount", "none", folder + "/pts", "devpts", "0", "newinstance,mode=0620");
            to.add("link", "/dev/pts/ptmx", folder + "/ptmx");
        }
    }

    private static void addEtc(Instructions to, Confinement builder, String folder) throws IOException {
        int user = builder.user().map(BuildUser::uid).orElse(USER);
        int group = builder.user().map(BuildUser::gid).orElse(GROUP);
        to.add("folder", folder, "755");
        to.add("file", folder + "/passwd", "444", """
                nixbld:x:%d:%d:Nix build user:/:/noshell
                nobody:x:65534:65534:Nobody:/:/noshell
                """.formatted(user, group));
        to.add("file", folder + "/group", "444", "nixbld:!:" + group + ":\n");
        if (builder.network() == Network.LOOPBACK) {
            to.add("file", folder + "/hosts", "444", "127.0.0.1 localhost\n::1 localhost\n");
        } else {
            for (String name : new String[] {"services", "nsswitch.conf", "hosts", "resolv.conf"}) {
                // What a link leads to is shown: the folder that it leads into is not there.
                Path file = Path.of("/etc", name);
                if (Files.exists(file)) {
                    to.add("show-read-only", Instructions.name(file.toRealPath()), folder + "/" + name);
                }
            }
        }
    }

    private static void addStore(Instructions to, Confinement builder, String root) {
        String store = builder.layout().storeDirectory().path();
        addParents(to, root, store);
        to.add("folder", root + store, "755").add("mount", "store", root + store, "none", BIND, "");
        to.add("items", Instructions.name(builder.layout().physicalStore()), root + "/.items", root + store);
        to.add(builder.inputs().size());
        for (StorePath input : builder.inputs()) {
            to.add(input.baseName());
        }
    }

    /** The folders above a name, below the new root; each may be there already. */
    private static void addParents(Instructions to, String root, String name) {
        for (int slash = name.indexOf('/', 1); slash > 0; slash = name.indexOf('/', slash + 1)) {
            to.add("parent", root + name.substring(0, slash));
        }
    }

    private static void addMore(Instructions to, String more, String root, String store) {
        int equals = more.indexOf('=');
        String inside = equals < 0 ? more : more.substring(0, equals);
        String outside = equals < 0 ? more : more.substring(equals + 1);
        addParents(to, root, inside);
        boolean readOnly = outside.startsWith(store + "/");
        to.add(readOnly ? "show-read-only" : "show", outside, root + inside);
    }

    /** The host's programs, read-only. */
    private static final class HostTools {
        static void add(Instructions to, String root) throws IOException {
            to.add("show-read-only", "/usr", root + "/usr");
            for (String name : new String[] {"bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
                if (Files.exists(Path.of("/", name), LinkOption.NOFOLLOW_LINKS)) {
                    to.add("show-read-only", "/" + name, root + "/" + name);
                }
            }
            to.add("show-read-only", "/etc/alternatives", root + "/etc/alternatives");
            try (var entries = Files.newDirectoryStream(Path.of("/etc"), "java*")) {
                for (Path entry : entries) {
                    to.add("show-read-only", Instructions.name(entry), root + Instructions.name(entry));
                }
            }
        }
    }
}
