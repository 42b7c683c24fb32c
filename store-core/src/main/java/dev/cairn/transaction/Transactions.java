// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.Catalog;
import dev.cairn.channel.Channel;
import dev.cairn.channel.Resolver;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.manifest.Manifest;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationTag;
import dev.cairn.profile.LockedProfile;
import dev.cairn.profile.Profile;
import dev.cairn.profile.ProfileException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plans and applies changes of profiles; the window and the command line use the same ones. Safe for use by several
 * threads.
 */
public final class Transactions {
    private final Daemon daemon;
    private final Catalog catalog;
    private final Map<String, Channel> channels = new HashMap<>();
    private final String system;

    /**
     * @param channels the enabled channels; a package's {@code key().channel()} is one of their names
     * @param system the system packages are built for, such as {@code x86_64-linux}
     */
    public Transactions(Daemon daemon, Catalog catalog, Collection<? extends Channel> channels, String system) {
        this.daemon = daemon;
        this.catalog = catalog;
        this.system = system;
        channels.forEach(channel -> this.channels.put(channel.name(), channel));
    }

    /** What it would take to fulfil {@code requests}, which apply in order. Derivations may be added to the store. */
    public Plan plan(Profile profile, List<Request> requests) throws CairnException {
        return plan(daemon, profile, requests);
    }

    private Plan plan(Daemon session, Profile profile, List<Request> requests) throws CairnException {
        int base = profile.currentNumber();
        Manifest before = profile.manifest(base);
        Selections selections = new Selections(session, channels, system, Resolver::select);
        return new Planner(session, catalog, selections, profile, before).plan(base, requests);
    }

    /**
     * What an upgrade of everything would change, by what the channels and the store hold: servers are asked nothing,
     * so that this can be done at any time without being asked for. A plan tells the rest.
     */
    public Outlook upgrades(Profile profile) throws CairnException {
        Selections selections = new Selections(daemon, channels, system, Resolver::look);
        return new Planner(daemon, catalog, selections, profile, profile.manifest(profile.currentNumber()))
                .look(List.of(new Request.Upgrade(Optional.empty())));
    }

    /**
     * Does what the plan says: realises everything, builds the profile item, makes the next generation current. Until
     * that last step nothing is visible; a failure or an interruption before it changes nothing.
     *
     * @return the new generation, or the current one if the plan is empty
     * @throws ProfileException.Changed when another generation became current since the plan was made
     */
    public Generation apply(Plan plan, BuildOptions options, EventSink events) throws CairnException {
        // A session of its own: what it adds stays until the generation holds it, and no longer.
        try (Daemon session = daemon.newSession();
                LockedProfile locked = plan.profile().lock()) {
            checkBase(plan);
            if (plan.isEmpty()) {
                return unchanged(session, plan.profile());
            }
            try (Activities.Activity activity = new Activities(events).start(Event.Kind.OPERATION, plan.cause())) {
                try {
                    Generation made = make(session, locked, plan, options, events);
                    activity.finish();
                    return made;
                } catch (CairnException e) {
                    activity.fail(e.getMessage(), e.hint());
                    throw e;
                }
            }
        }
    }

    private Generation make(
            Daemon session, LockedProfile locked, Plan plan, BuildOptions options, EventSink events)
            throws CairnException {
        for (StorePath item : plan.result().items()) {
            session.addTemporaryRoot(item);
        }
        session.ensure(plan.fetched(), options, events);
        session.build(targets(session, plan), options, events);
        Manifest realised = plan.result().renamed(session::realised);
        StorePath item = ProfileItem.realise(session, realised, system, options, events);
        Optional<Generation> current = plan.profile().generation(plan.base());
        if (current.isPresent() && current.get().item().equals(item)) {
            return current.get();
        }
        return locked.add(item, plan.cause(), session);
    }

    /** The plan's targets; where its derivations were collected meanwhile, they are made again. */
    private List<BuildTarget> targets(Daemon session, Plan plan) throws CairnException {
        List<StorePath> derivations = plan.targets().stream().map(BuildTarget::derivation).toList();
        for (StorePath derivation : derivations) {
            session.addTemporaryRoot(derivation);
        }
        if (session.valid(derivations).containsAll(derivations)) {
            return plan.targets();
        }
        Plan again = plan(session, plan.profile(), plan.requests());
        if (!again.result().equals(plan.result())) {
            throw new TransactionException.Unusable(
                    "the packages changed since this was planned", "Look again at what would change, then apply it.");
        }
        return again.targets();
    }

    private static void checkBase(Plan plan) throws CairnException {
        int current = plan.profile().currentNumber();
        if (current != plan.base()) {
            throw new ProfileException.Changed(plan.base(), current);
        }
    }

    private Generation unchanged(Daemon session, Profile profile) throws CairnException {
        Optional<Generation> current = profile.generation(profile.currentNumber());
        return current.isPresent()
                ? current.get()
                : new Generation(
                        0,
                        Instant.now(),
                        true,
                        OptionalInt.empty(),
                        Optional.empty(),
                        GenerationTag.NONE,
                        emptyProfile(session));
    }

    /** Makes an existing generation current; number 0 stands for the empty one. */
    public Generation switchTo(Profile profile, int number) throws CairnException {
        try (Daemon session = daemon.newSession();
                LockedProfile locked = profile.lockExisting()) {
            return switchTo(number, profile, locked, session);
        }
    }

    private Generation switchTo(int number, Profile profile, LockedProfile locked, Daemon session)
            throws CairnException {
        if (number == 0) {
            return locked.switchToEmpty(emptyProfile(session), session);
        }
        Optional<Generation> wanted = profile.generation(number);
        if (wanted.isPresent() && !session.isValid(wanted.get().item())) {
            throw new TransactionException.Unusable(
                    "cannot switch to generation " + number + ": '" + wanted.get().item() + "' is not in the store",
                    "Choose another generation; 'cairn delete-generations " + number + "' removes this one.");
        }
        return locked.switchTo(number);
    }

    /**
     * Makes the generation before the current one current: the one it was made from, or where that is not known or
     * gone the next lower one; from the first one, the empty generation 0.
     *
     * @throws ProfileException.NothingBefore when generation 0 is current
     */
    public Generation rollBack(Profile profile) throws CairnException {
        try (Daemon session = daemon.newSession();
                LockedProfile locked = profile.lockExisting()) {
            return switchTo(locked.previous(), profile, locked, session);
        }
    }

    /**
     * How one generation differs from another, by name and output; number 0 is the empty one.
     *
     * @throws ProfileException.Gone when what one of them held is not in the store any more
     */
    public Comparison compare(Profile profile, int from, int to) throws CairnException {
        return Comparison.between(profile.manifest(from), profile.manifest(to));
    }

    private StorePath emptyProfile(Daemon session) throws CairnException {
        return ProfileItem.realise(session, Manifest.EMPTY, system, BuildOptions.DEFAULT, EventSink.NONE);
    }
}
