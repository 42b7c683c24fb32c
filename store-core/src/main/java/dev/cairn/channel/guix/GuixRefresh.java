// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.fs.PosixLock;
import dev.cairn.http.Patience;
import dev.cairn.http.Proxies;
import dev.cairn.http.ServiceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Fetches revisions of a channel. One at a time: others wait. */
final class GuixRefresh {
    /** Services are slow; three attempts at everything. */
    private static final Patience PATIENCE = new Patience(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60), 3, Duration.ofSeconds(1));

    private static final int LOOKED_AT = 100;

    /** Characters of a date without the time of day. */
    private static final int DAY = 10;

    private final Path folder;
    private final GuixSource source;
    private final String system;
    private final Proxies proxies;
    private final GuixRevisions revisions;

    /** @param folder the channel's own */
    GuixRefresh(Path folder, GuixSource source, String system, Proxies proxies) {
        this.folder = folder;
        this.source = source;
        this.system = system;
        this.proxies = proxies;
        this.revisions = new GuixRevisions(folder);
    }

    /** What is done with a service. */
    @FunctionalInterface
    interface Question<T> {
        T ask(DataServiceClient service) throws CairnException, IOException;
    }

    /** Asks the service something. */
    <T> T ask(Question<T> question) throws CairnException, IOException {
        try (ServiceClient http = new ServiceClient(proxies, PATIENCE, "application/json")) {
            return question.ask(new DataServiceClient(http, source.service()));
        }
    }

    /** Has the channel offer the newest revision. @return whether the packages changed */
    boolean run(EventSink events) throws CairnException, IOException {
        return locked(() -> ask(service -> {
            try (Activities.Activity activity = start(events)) {
                ServiceRepository repository = repository(service);
                String commit = source.commit().isPresent() ? source.commit().get() : latest(service, repository);
                Optional<GuixRevisions.Revision> before = revisions.current();
                GuixRevisions.Revision newest = obtain(service, repository, commit, source.branch(), activity);
                newest.record().checked(now()).write(newest.folder().resolve("revision.json"));
                boolean changed = before.map(GuixRevisions.Revision::number).orElse(0) != newest.number();
                if (changed) {
                    revisions.makeCurrent(newest.number());
                }
                activity.finish();
                return changed;
            }
        }));
    }

    /** A revision of a commit, kept beside the others. */
    GuixRevisions.Revision fetch(String commit, EventSink events) throws CairnException, IOException {
        return locked(() -> ask(service -> {
            try (Activities.Activity activity = start(events)) {
                GuixRevisions.Revision revision = obtain(service, repository(service), commit, "", activity);
                activity.finish();
                return revision;
            }
        }));
    }

    private Activities.Activity start(EventSink events) {
        return new Activities(events).start(Event.Kind.REFRESH, source.service().toString());
    }

    /** What is done while nobody else changes the folder. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws CairnException, IOException;
    }

    /** Runs with the channel's folder held for oneself. */
    <T> T locked(Work<T> work) throws CairnException, IOException {
        Files.createDirectories(folder);
        try (PosixLock _ = PosixLock.acquire(folder.resolve("lock"), PosixLock.Mode.EXCLUSIVE)) {
            return work.run();
        }
    }

    private GuixRevisions.Revision obtain(
            DataServiceClient service,
            ServiceRepository repository,
            String commit,
            String branch,
            Activities.Activity activity)
            throws CairnException, IOException {
        for (GuixRevisions.Revision kept : revisions.all().reversed()) {
            if (kept.record().isFor(source, commit, system)) {
                return kept;
            }
        }
        try {
            Optional<Instant> date = date(service, repository, commit);
            ListingFetch fetch = new ListingFetch(service, commit, system, activity);
            GuixRevisions.Recording recording = (rows, packages, unsupported) -> new RevisionRecord(
                    source.service().toString(),
                    source.repository(),
                    branch,
                    commit,
                    date,
                    system,
                    packages,
                    unsupported,
                    rows.order(),
                    now(),
                    now());
            try {
                return revisions.add(fetch.run(previous()), recording);
            } catch (DamagedRevision _) {
                // The service has all that is in it.
                return revisions.add(fetch.run(Optional.empty()), recording);
            }
        } catch (DataServiceException.NotFound _) {
            throw new DataServiceException.Unprocessed(
                    source.service(), commit, processed(service, repository, commit));
        }
    }

    /** The newest revision that another one can be made from. */
    private Optional<GuixRevisions.Revision> previous() throws IOException {
        return revisions.all().reversed().stream()
                .filter(kept -> kept.record().isOf(source) && kept.record().order().isPresent())
                .findFirst();
    }

    private ServiceRepository repository(DataServiceClient service) throws CairnException, IOException {
        List<ServiceRepository> repositories = service.repositories();
        Optional<ServiceRepository> chosen = ServiceRepository.choose(repositories, source.repository());
        return chosen.orElseThrow(() -> new DataServiceException.NoRepository(
                source.service(),
                source.repository(),
                repositories.stream().map(ServiceRepository::label).toList()));
    }

    private String latest(DataServiceClient service, ServiceRepository repository)
            throws CairnException, IOException {
        try {
            return service.latest(repository, source.branch());
        } catch (DataServiceException.NotFound _) {
            throw new DataServiceException.NoBranch(source.service(), source.branch(), service.branches(repository));
        }
    }

    /** When the commit appeared on the branch; worth one question, no more. */
    private Optional<Instant> date(DataServiceClient service, ServiceRepository repository, String commit)
            throws CairnException, IOException {
        return known(service, repository).stream()
                .filter(revision -> revision.commit().equals(commit))
                .findFirst()
                .flatMap(ServiceRevision::date);
    }

    private List<ServiceRevision> known(DataServiceClient service, ServiceRepository repository)
            throws CairnException, IOException {
        try {
            return service.revisions(repository, source.branch(), LOOKED_AT, Optional.empty());
        } catch (DataServiceException _) {
            // Nothing depends on it.
            return List.of();
        }
    }

    /** Commits that could be had instead: those around it on the branch, else the newest. */
    private List<String> processed(DataServiceClient service, ServiceRepository repository, String commit)
            throws CairnException, IOException {
        List<ServiceRevision> known = known(service, repository);
        int wanted = 0;
        for (int i = 0; i < known.size(); i++) {
            wanted = known.get(i).commit().equals(commit) ? i : wanted;
        }
        int place = wanted;
        List<Integer> near = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            near.add(i);
        }
        near.sort(Comparator.comparingInt(i -> Math.abs(i - place)));
        return near.stream().map(known::get).filter(ServiceRevision::processed).map(GuixRefresh::describe).toList();
    }

    private static String describe(ServiceRevision revision) {
        return revision.commit()
                + revision.date()
                        .map(time -> " of " + time.atOffset(ZoneOffset.UTC).toString().substring(0, DAY))
                        .orElse("");
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
