// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.Specification;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The catalog in its file. The lines for searching are read when first asked for. */
final class SqliteCatalog implements Catalog {
    private final CatalogDatabase database;

    /** What the lines were read from; another process that writes the file changes its version. */
    private record Loaded(Listing listing, long version) {}

    private Optional<Loaded> loaded = Optional.empty();

    SqliteCatalog(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public int size() throws CatalogException {
        // Whoever only wants to know this is spared the parsing.
        return database.with(db -> loaded.isPresent()
                ? listing(db).size()
                : Listing.count(Listing.read(db).orElse(new byte[0])));
    }

    @Override
    public Map<String, Integer> sizes() throws CatalogException {
        return database.with(db -> {
            Map<String, Integer> sizes = new HashMap<>();
            try (ResultSet rows = db.statement("SELECT channel.name, count(*) FROM listed"
                            + " JOIN package ON package.id = listed.id"
                            + " JOIN channel ON channel.id = package.channel GROUP BY channel.id")
                    .executeQuery()) {
                while (rows.next()) {
                    sizes.put(rows.getString(1), rows.getInt(2));
                }
            }
            return sizes;
        });
    }

    @Override
    public List<SearchHit> search(String text, int limit) throws CatalogException {
        if (limit <= 0) {
            return List.of();
        }
        return database.with(db -> new CatalogSearch(db, listing(db), text, limit).run());
    }

    @Override
    public List<String> suggest(String text, int limit) throws CatalogException {
        String name = SearchWords.of(text).asName();
        if (limit <= 0 || name.isEmpty()) {
            return List.of();
        }
        return database.with(db -> {
            Listing listing = listing(db);
            Set<String> names = new LinkedHashSet<>();
            for (int line : CatalogSearch.providers(db, listing, name, limit)) {
                names.add(listing.hit(line).key().name());
            }
            for (int line : CatalogSearch.similarNames(listing, name, 1)) {
                names.add(listing.hit(line).key().name());
            }
            for (int line = listing.firstFrom(name);
                    names.size() < limit && line < listing.size() && listing.name(line).startsWith(name);
                    line++) {
                names.add(listing.hit(line).key().name());
            }
            return names.stream().limit(limit).toList();
        });
    }

    /** Only while the connection is this thread's. */
    private Listing listing(CatalogDatabase db) throws SQLException {
        long version = db.number("PRAGMA data_version");
        if (loaded.isPresent() && loaded.get().version() == version) {
            return loaded.get().listing();
        }
        Listing listing = Listing.parse(Listing.read(db).orElse(new byte[0]));
        loaded = Optional.of(new Loaded(listing, version));
        return listing;
    }

    @Override
    public Optional<CatalogPackage> find(PackageKey key) throws CatalogException {
        return database.with(db -> {
            PreparedStatement select = db.statement(PackageRows.BY_KEY);
            PackageRows.bind(select, key);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(PackageRows.read(rows)) : Optional.empty();
            }
        });
    }

    @Override
    public List<CatalogPackage> versions(String name) throws CatalogException {
        return ranked(name).stream().map(Ranked::row).toList();
    }

    /** A version and the channel it is from. */
    private record Ranked(CatalogPackage row, Ranking.Channel channel) {
        String version() {
            return row.version();
        }

        Ranking.Version rank() {
            return new Ranking.Version(channel, row.version(), row.onRequest());
        }
    }

    /** The one that a bare name means first. */
    private List<Ranked> ranked(String name) throws CatalogException {
        return database.with(db -> {
            Ranking ranking = Ranking.read(db);
            List<Ranked> versions = new ArrayList<>();
            PreparedStatement select = db.statement(PackageRows.BY_NAME);
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    versions.add(new Ranked(PackageRows.read(rows), ranking.channel(rows.getLong(15))));
                }
            }
            versions.sort((a, b) -> ranking.compare(a.rank(), b.rank()));
            return versions;
        });
    }

    @Override
    public CatalogPackage resolve(Specification specification) throws CatalogException {
        List<Ranked> all = ranked(specification.name());
        if (all.isEmpty()) {
            throw new CatalogException.Unknown(
                    "there is no package called '" + specification.name() + "'", suggest(specification.name(), 3));
        }
        List<Ranked> having = all.stream().filter(one -> fits(specification, one)).toList();
        CatalogPackage meant = choose(specification, having.isEmpty() ? all : having);
        if (specification.output().isPresent() && !meant.outputs().contains(specification.output().get())) {
            throw new CatalogException.Unknown(
                    "'" + meant.key().label() + "' has no output '" + specification.output().get() + "'",
                    meant.outputs().stream().map(output -> meant.name() + ":" + output).toList());
        }
        return meant;
    }

    /**
     * Whether it is of a version that may be meant and has the output: in an archive not all versions have them all.
     */
    private static boolean fits(Specification specification, Ranked one) {
        return specification.output().filter(output -> !one.row().outputs().contains(output)).isEmpty()
                && specification.version()
                        .filter(version -> !one.channel().scheme().fits(version, one.version()))
                        .isEmpty();
    }

    private static CatalogPackage choose(Specification specification, List<Ranked> all) throws CatalogException {
        Map<List<Object>, List<Ranked>> groups = new LinkedHashMap<>();
        all.forEach(one -> groups.computeIfAbsent(group(one.channel()), _ -> new ArrayList<>()).add(one));
        List<Ranked> fitting = new ArrayList<>();
        for (List<Ranked> versions : groups.values()) {
            versions.getFirst().channel().scheme()
                    .choose(specification.version(), versions, Ranked::version)
                    .ifPresent(fitting::add);
        }
        if (fitting.isEmpty()) {
            throw new CatalogException.Unknown(
                    "'" + specification.name() + "' has no version '" + specification.version().orElse("") + "'",
                    all.stream().map(one -> one.row().key().label()).distinct().limit(10).toList());
        }
        int highest = fitting.stream().mapToInt(one -> one.channel().priority()).max().orElseThrow();
        List<CatalogPackage> candidates = fitting.stream()
                .filter(one -> one.channel().priority() == highest)
                .map(Ranked::row)
                .toList();
        if (candidates.stream().map(SqliteCatalog::withoutOrigin).distinct().count() > 1) {
            throw new CatalogException.Ambiguous(
                    specification.toString(),
                    candidates.stream()
                            .map(row -> row.key().label() + " (channel '" + row.key().channel() + "')")
                            .toList());
        }
        return candidates.getFirst();
    }

    /** Archives of equal priority are one to users; other channels stand for themselves. */
    private static List<Object> group(Ranking.Channel channel) {
        return switch (channel.scheme()) {
            case PLAIN -> List.of(channel.id());
            case DEBIAN -> List.of(channel.scheme(), channel.priority());
        };
    }

    /** The same for packages that channels define alike. */
    private static CatalogPackage withoutOrigin(CatalogPackage row) {
        return new CatalogPackage(
                new PackageKey("", row.name(), row.version()), row.outputs(), row.synopsis(), row.description(),
                row.licenses(), row.homePage(), Optional.empty(), row.inputs(), row.nativeInputs(),
                row.propagatedInputs(), row.impure(), row.properties());
    }

    @Override
    public List<PackageKey> dependents(PackageKey key) throws CatalogException {
        return database.with(db -> new Dependents(db).of(key));
    }

    @Override
    public List<ChannelProblem> problems() throws CatalogException {
        return database.with(db -> {
            List<ChannelProblem> problems = new ArrayList<>();
            try (ResultSet rows = db.statement("SELECT channel.name, file, line, col, field, found, expected"
                            + " FROM problem JOIN channel ON channel.id = problem.channel"
                            + " ORDER BY channel.position, file, line, col")
                    .executeQuery()) {
                while (rows.next()) {
                    problems.add(new ChannelProblem(
                            rows.getString(1),
                            new DefinitionProblem(
                                    rows.getString(2), rows.getInt(3), rows.getInt(4), rows.getString(5),
                                    rows.getString(6), rows.getString(7))));
                }
            }
            return problems;
        });
    }

    @Override
    public void close() throws CatalogException {
        database.close();
    }
}
