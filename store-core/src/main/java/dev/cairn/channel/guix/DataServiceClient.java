// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.git.Commits;
import dev.cairn.http.ServiceClient;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks a Guix Data Service (services, section 1). What comes back is bounded and checked; names that cannot be names of
 * packages, and paths that are none, are left out. Safe for use by several threads; interruption ends a call.
 */
final class DataServiceClient {
    /** Octets of an answer that somebody waits for. */
    private static final long SMALL = 8L << 20;

    /** Octets of one page of a listing, or of all of it at once. */
    private static final long LARGE = 512L << 20;

    private static final int MOST_ROWS = 400_000;

    private final ServiceClient http;
    private final URI service;

    DataServiceClient(ServiceClient http, URI service) {
        this.http = http;
        this.service = service;
    }

    URI service() {
        return service;
    }

    /** The repositories that the service follows. @throws DataServiceException.Other when it is no such service */
    List<ServiceRepository> repositories() throws CairnException, IOException {
        List<ServiceRepository> repositories = new ArrayList<>();
        boolean[] listed = {false};
        try {
            ask("/repositories", "", SMALL, () -> {
                repositories.clear();
                return (member, value) -> {
                    if (member.equals("repositories")) {
                        listed[0] = true;
                        value.array(row -> repositories.add(repository(row)));
                    }
                };
            });
        } catch (DataServiceException.NotFound _) {
            throw new DataServiceException.Other(service, "it has no list of repositories (404)");
        } catch (DataServiceException.Malformed e) {
            throw new DataServiceException.Other(service, e.getMessage());
        }
        if (!listed[0]) {
            throw new DataServiceException.Other(service, "its list of repositories is none");
        }
        return repositories;
    }

    private static ServiceRepository repository(ServiceAnswer row) throws IOException, CairnException {
        String[] parts = {"", "", ""};
        row.object((member, value) -> {
            switch (member) {
                case "id" -> parts[0] = value.text();
                case "label" -> parts[1] = value.text();
                case "url" -> parts[2] = value.text();
                default -> {
                    // More than is needed.
                }
            }
        });
        return new ServiceRepository(parts[0], parts[1], parts[2]);
    }

    /** The branches of a repository that still are there, by name. */
    List<String> branches(ServiceRepository repository) throws CairnException, IOException {
        List<String> names = new ArrayList<>();
        ask("/repository/" + encode(repository.id()), "", SMALL, () -> {
            names.clear();
            return (member, value) -> {
                if (member.equals("branches")) {
                    value.array(row -> {
                        String[] parts = {"", ""};
                        row.object((part, text) -> {
                            if (part.equals("name")) {
                                parts[0] = text.text();
                            } else if (part.equals("commit")) {
                                parts[1] = text.text();
                            }
                        });
                        if (!parts[0].isEmpty() && !parts[1].isEmpty()) {
                            names.add(parts[0]);
                        }
                    });
                }
            };
        });
        return names;
    }

    /** The latest commits of a branch, the newest first. @param before only those that appeared until then */
    List<ServiceRevision> revisions(ServiceRepository repository, String branch, int limit, Optional<Instant> before)
            throws CairnException, IOException {
        List<ServiceRevision> revisions = new ArrayList<>();
        String until = before.map(time -> "&before_date="
                        + encode(LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString().replace('T', ' ')))
                .orElse("");
        ask(branch(repository, branch), "limit_results=" + limit + until, SMALL, () -> {
            revisions.clear();
            return (member, value) -> {
                if (member.equals("revisions")) {
                    value.array(row -> revision(row).ifPresent(revisions::add));
                }
            };
        });
        return revisions;
    }

    private static Optional<ServiceRevision> revision(ServiceAnswer row) throws IOException, CairnException {
        String[] parts = {"", ""};
        boolean[] processed = {false};
        row.object((member, value) -> {
            switch (member) {
                case "date" -> parts[0] = value.text();
                case "commit_hash", "commit" -> parts[1] = value.text();
                case "data_available" -> processed[0] = value.flag();
                default -> {
                    // More than is needed.
                }
            }
        });
        return Commits.isFull(parts[1])
                ? Optional.of(new ServiceRevision(parts[1], time(parts[0]), processed[0]))
                : Optional.empty();
    }

    /** Times come with a blank or a {@code T} in the middle, and are UTC. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text.replace(' ', 'T').replaceAll("Z$", ""))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /**
     * The newest commit of a branch that the service has processed.
     *
     * @throws DataServiceException.NotFound when there is none
     */
    String latest(ServiceRepository repository, String branch) throws CairnException, IOException {
        String path = branch(repository, branch) + "/latest-processed-revision";
        String[] commit = {""};
        URI asked = ask(path, "", SMALL, () -> (member, value) -> {
            if (member.equals("revision")) {
                commit[0] = commit(value);
            }
        });
        if (!Commits.isFull(commit[0])) {
            throw new DataServiceException.Malformed(asked, "it names no commit");
        }
        return commit[0];
    }

    /** A commit stands by itself in some answers and in an object in others. */
    private static String commit(ServiceAnswer value) throws IOException, CairnException {
        String[] commit = {value.text()};
        value.object((member, text) -> {
            if (member.equals("commit")) {
                commit[0] = text.text();
            }
        });
        return commit[0];
    }

    /** Names of packages that differ between two commits. @param before with versions that only the first has */
    record Difference(Set<String> before, Set<String> after) {}

    /** What packages differ between two commits that the service has processed. */
    Difference difference(String base, String target) throws CairnException, IOException {
        Set<String> before = new HashSet<>();
        Set<String> after = new HashSet<>();
        String[] commits = {"", ""};
        String query = "base_commit=" + base + "&target_commit=" + target;
        URI asked = ask("/compare/packages", query, LARGE, () -> {
            before.clear();
            after.clear();
            return (member, value) -> {
                switch (member) {
                    case "base" -> commits[0] = side(value, before);
                    case "target" -> commits[1] = side(value, after);
                    default -> {
                        // More than is needed.
                    }
                }
            };
        });
        if (!commits[0].equals(base) || !commits[1].equals(target)) {
            throw new DataServiceException.Malformed(asked, "it is about other commits");
        }
        return new Difference(before, after);
    }

    /** @return the commit */
    private static String side(ServiceAnswer side, Set<String> names) throws IOException, CairnException {
        String[] commit = {""};
        side.object((member, value) -> {
            if (member.equals("commit")) {
                commit[0] = value.text();
            } else if (member.equals("packages")) {
                value.array(row -> row.object((part, text) -> {
                    if (part.equals("name")) {
                        names.add(text.text());
                        if (names.size() > MOST_ROWS) {
                            throw new FormatException("listing", "more than " + MOST_ROWS + " names");
                        }
                    }
                }));
            }
        });
        return commit[0];
    }

    /**
     * Some packages of a commit.
     *
     * @param query what part of the listing, as {@code limit_results=100&after_name=hello}
     * @throws DataServiceException.NotFound when the service has not processed the commit
     */
    List<ListedPackage> packages(String commit, String query) throws CairnException, IOException {
        String fields = "field=version&field=synopsis&field=description&field=home-page&field=location&field=licenses";
        return rows(
                "/revision/" + commit + "/packages",
                query + "&" + fields,
                commit,
                "packages",
                row -> new PackageRowReader().read(row));
    }

    /** Some outputs of packages of a commit for a system. @param query what part, as {@code limit_results=100} */
    List<ListedOutput> outputs(String commit, String system, String query) throws CairnException, IOException {
        List<Optional<ListedOutput>> rows = rows(
                "/revision/" + commit + "/package-derivation-outputs",
                query + "&system=" + encode(system) + "&target=none&field=none",
                commit,
                "store_paths",
                DataServiceClient::output);
        return rows.stream().flatMap(Optional::stream).toList();
    }

    private static Optional<ListedOutput> output(ServiceAnswer row) throws IOException, CairnException {
        String[] parts = {"", "", ""};
        row.object((member, value) -> {
            if (member.equals("path")) {
                parts[2] = value.text();
            } else if (member.equals("package")) {
                value.object((part, text) -> {
                    if (part.equals("name")) {
                        parts[0] = text.text();
                    } else if (part.equals("version")) {
                        parts[1] = text.text();
                    }
                });
            }
        });
        return path(parts[2])
                .filter(_ -> ListedPackage.isKey(parts[0], parts[1]))
                .map(path -> new ListedOutput(parts[0], parts[1], path));
    }

    private static Optional<StorePath> path(String text) {
        try {
            return Optional.of(StoreDirectory.GNU.parse(text));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    /** Reads one row. */
    @FunctionalInterface
    private interface Row<T> {
        T read(ServiceAnswer row) throws IOException, CairnException;
    }

    private <T> List<T> rows(String path, String query, String commit, String list, Row<T> reading)
            throws CairnException, IOException {
        List<T> rows = new ArrayList<>();
        String[] of = {""};
        boolean[] listed = {false};
        URI asked = ask(path, query, LARGE, () -> {
            rows.clear();
            return (member, value) -> {
                if (member.equals("revision")) {
                    of[0] = commit(value);
                } else if (member.equals(list)) {
                    listed[0] = true;
                    value.array(row -> {
                        rows.add(reading.read(row));
                        if (rows.size() > MOST_ROWS) {
                            throw new FormatException("listing", "more than " + MOST_ROWS + " rows");
                        }
                    });
                }
            };
        });
        if (!listed[0]) {
            throw new DataServiceException.Malformed(asked, "it has no list '" + list + "'");
        }
        if (!of[0].isEmpty() && !of[0].equals(commit)) {
            throw new DataServiceException.Malformed(asked, "it is about commit '" + of[0] + "'");
        }
        return rows;
    }

    /** The derivation of a package for a system, as the service knows it; empty for one that is not for the system. */
    Optional<StorePath> derivation(String commit, String name, String version, String system)
            throws CairnException, IOException {
        List<StorePath> found = new ArrayList<>();
        String path = "/revision/" + commit + "/package/" + encode(name) + "/" + encode(version);
        ask(path, "", SMALL, () -> {
            found.clear();
            return (member, value) -> {
                if (member.equals("derivations")) {
                    value.array(row -> {
                        String[] parts = {"", "", ""};
                        row.object((part, text) -> {
                            switch (part) {
                                case "system" -> parts[0] = text.text();
                                case "target" -> parts[1] = text.text();
                                case "derivation" -> parts[2] = text.text();
                                default -> {
                                    // More than is needed.
                                }
                            }
                        });
                        if (parts[0].equals(system) && parts[1].isEmpty()) {
                            path(parts[2]).filter(StorePath::isDerivation).ifPresent(found::add);
                        }
                    });
                }
            };
        });
        return found.stream().findFirst();
    }

    /** What a derivation's outputs are called, and where they are. @throws DataServiceException when it is unknown */
    SortedMap<String, StorePath> derivationOutputs(StorePath derivation) throws CairnException, IOException {
        SortedMap<String, StorePath> outputs = new TreeMap<>();
        URI address = URI.create(service + "/gnu/store/" + encode(derivation.baseName()) + "/json");
        ask(address, SMALL, () -> {
            outputs.clear();
            return (member, value) -> {
                if (member.equals("outputs")) {
                    value.array(row -> {
                        String[] parts = {"", ""};
                        row.object((part, text) -> {
                            if (part.equals("output_name")) {
                                parts[0] = text.text();
                            } else if (part.equals("path")) {
                                parts[1] = text.text();
                            }
                        });
                        path(parts[1])
                                .filter(_ -> ListedOutput.isOutput(parts[0]))
                                .ifPresent(path -> outputs.put(parts[0], path));
                    });
                }
            };
        });
        return outputs;
    }

    private static String branch(ServiceRepository repository, String branch) {
        return "/repository/" + encode(repository.id()) + "/branch/" + encode(branch);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Gives members that start anew, for each attempt to read an answer. */
    @FunctionalInterface
    private interface Start {
        ServiceAnswer.Members members();
    }

    private URI ask(String path, String query, long limit, Start start) throws CairnException, IOException {
        return ask(URI.create(service + path + ".json" + (query.isEmpty() ? "" : "?" + query)), limit, start);
    }

    /** @return the address that was asked */
    private URI ask(URI address, long limit, Start start) throws CairnException, IOException {
        String error = http.get(address, limit, (status, type, body) -> {
            if (status == 404 || status == 410) {
                throw new DataServiceException.NotFound(address, error(body));
            }
            if (status != 200) {
                throw new DataServiceException.Refused(address, "the server answered " + status);
            }
            return answer(address, type, body, start.members());
        });
        if (!error.isEmpty()) {
            throw new DataServiceException.Refused(address, error);
        }
        return address;
    }

    /** @return the error that the answer tells, or an empty text */
    private static String answer(URI address, String type, InputStream body, ServiceAnswer.Members members)
            throws IOException, CairnException {
        String[] error = {""};
        try {
            ServiceAnswer.read(body, (member, value) -> {
                if (member.equals("error")) {
                    error[0] = Prose.line(value.text());
                } else {
                    members.member(member, value);
                }
            });
            return error[0];
        } catch (ServiceAnswer.SyntaxException e) {
            String what = type.startsWith("text/html") ? "it is a page for browsers" : e.getMessage();
            throw new DataServiceException.Malformed(address, what);
        } catch (FormatException e) {
            throw new DataServiceException.Malformed(address, e.getMessage());
        }
    }

    /** What an answer says that stands for nothing; the bodies of such answers may be cut or malformed. */
    private static String error(InputStream body) {
        String[] error = {""};
        try {
            ServiceAnswer.read(body, (member, value) -> {
                if (member.equals("error")) {
                    error[0] = Prose.line(value.text());
                }
            });
        } catch (IOException | ServiceAnswer.SyntaxException | CairnException _) {
            // The status says enough.
            return error[0];
        }
        return error[0];
    }
}
