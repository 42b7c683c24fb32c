// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.maker;

import dev.cairn.daemon.BuildMode;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A session with a daemon that may lack Cairn's own builders: what needs them is made all the same, under another name
 * than its derivation says, since a name follows from how something is made. Questions about the one name are answered
 * for the other, and {@link #realised} tells it. With a daemon that has the builders, this changes nothing.
 */
public final class MakingDaemon extends ForwardingDaemon {
    private final StoreLayout layout;
    private final LocalBuilders builders;
    private final Made made;

    /**
     * @param daemon the session behind, closed with this one
     * @param made what is remembered of the daemon's store
     */
    public MakingDaemon(Daemon daemon, StoreLayout layout, LocalBuilders builders, Made made) {
        super(daemon);
        this.layout = layout;
        this.builders = builders;
        this.made = made;
    }

    @Override
    public Daemon newSession() throws DaemonException {
        return new MakingDaemon(behind().newSession(), layout, builders, made);
    }

    @Override
    public StorePath realised(StorePath output) {
        return made.name(output);
    }

    @Override
    public Path physical(StorePath item) {
        Path own = behind().physical(item);
        return Files.exists(own, LinkOption.NOFOLLOW_LINKS) ? own : behind().physical(made.name(item));
    }

    @Override
    public boolean isValid(StorePath path) throws DaemonException {
        return behind().isValid(path) || !made.name(path).equals(path) && behind().isValid(made.name(path));
    }

    @Override
    public SortedSet<StorePath> valid(Collection<StorePath> paths) throws DaemonException {
        Set<StorePath> all = new HashSet<>(paths);
        paths.forEach(path -> all.add(made.name(path)));
        SortedSet<StorePath> found = behind().valid(all);
        SortedSet<StorePath> valid = new TreeSet<>(paths);
        valid.removeIf(path -> !found.contains(path) && !found.contains(made.name(path)));
        return valid;
    }

    @Override
    public Optional<PathInfo> pathInfo(StorePath path) throws DaemonException {
        Optional<PathInfo> info = behind().pathInfo(path);
        return info.isPresent() || made.name(path).equals(path) ? info : behind().pathInfo(made.name(path));
    }

    @Override
    public SortedMap<String, StorePath> derivationOutputs(StorePath derivation) throws DaemonException {
        SortedMap<String, StorePath> outputs = new TreeMap<>(behind().derivationOutputs(derivation));
        outputs.replaceAll((_, path) -> made.name(path));
        return outputs;
    }

    @Override
    public List<PathInfo> requisites(Collection<StorePath> paths) throws DaemonException {
        return behind().requisites(paths.stream().map(made::name).toList());
    }

    @Override
    public void addTemporaryRoot(StorePath path) throws DaemonException {
        behind().addTemporaryRoot(path);
        if (!made.name(path).equals(path)) {
            behind().addTemporaryRoot(made.name(path));
        }
    }

    @Override
    public void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events)
            throws DaemonException {
        Set<String> lacking = new HashSet<>();
        Set<String> present = behind().builtinBuilders();
        for (String name : builders.names()) {
            if (!present.contains(name)) {
                lacking.add("builtin:" + name);
            }
        }
        if (lacking.isEmpty() || options.mode() != BuildMode.NORMAL) {
            behind().build(targets, options, events);
            return;
        }
        Making making = new Making(behind(), layout, builders, lacking, made, options, events);
        List<BuildTarget> ordinary = new ArrayList<>();
        try {
            for (BuildTarget target : targets) {
                if (making.isForeign(target.derivation())) {
                    making.realise(target.derivation());
                } else {
                    ordinary.add(target);
                }
            }
        } catch (DaemonException e) {
            throw e;
        } catch (CairnException e) {
            throw new DaemonException.Refused(e.getMessage(), e.hint());
        }
        if (!ordinary.isEmpty() || targets.isEmpty()) {
            behind().build(ordinary, options, events);
        }
    }
}
