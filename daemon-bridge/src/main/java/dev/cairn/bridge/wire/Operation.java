// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What can be asked of a daemon (daemon, sections 4 and 17), in either dialect. */
public enum Operation {
    IS_VALID_PATH(1, "valid-path?"),
    HAS_SUBSTITUTES(3, "has-substitutes?"),
    QUERY_PATH_HASH(4, "query-path-hash"),
    QUERY_REFERENCES(5, "query-references"),
    QUERY_REFERRERS(6, "query-referrers"),
    ADD_TO_STORE(7, "add-to-store"),
    ADD_TEXT_TO_STORE(8, "add-text-to-store"),
    BUILD_THINGS(9, "build-things"),
    ENSURE_PATH(10, "ensure-path"),
    ADD_TEMP_ROOT(11, "add-temp-root"),
    ADD_INDIRECT_ROOT(12, "add-indirect-root"),
    SYNC_WITH_GC(13, "sync-with-gc"),
    FIND_ROOTS(14, "find-roots"),
    EXPORT_PATH(16, "export-path"),
    QUERY_DERIVER(18, "query-deriver"),
    SET_OPTIONS(19, "set-options"),
    COLLECT_GARBAGE(20, "collect-garbage"),
    QUERY_SUBSTITUTABLE_PATH_INFO(21, "query-substitutable-path-info"),
    QUERY_DERIVATION_OUTPUTS(22, "query-derivation-outputs"),
    QUERY_ALL_VALID_PATHS(23, "query-all-valid-paths"),
    QUERY_FAILED_PATHS(24, "query-failed-paths"),
    CLEAR_FAILED_PATHS(25, "clear-failed-paths"),
    QUERY_PATH_INFO(26, "query-path-info"),
    IMPORT_PATHS(27, "import-paths"),
    QUERY_DERIVATION_OUTPUT_NAMES(28, "query-derivation-output-names"),
    QUERY_PATH_FROM_HASH_PART(29, "query-path-from-hash-part"),
    QUERY_SUBSTITUTABLE_PATH_INFOS(30, "query-substitutable-path-infos"),
    QUERY_VALID_PATHS(31, "query-valid-paths"),
    QUERY_SUBSTITUTABLE_PATHS(32, "query-substitutable-paths"),
    QUERY_VALID_DERIVERS(33, "query-valid-derivers"),
    OPTIMIZE_STORE(34, "optimize-store"),
    VERIFY_STORE(35, "verify-store"),
    BUILD_DERIVATION(36, "build-derivation", Dialect.NIX),
    ADD_SIGNATURES(37, "add-signatures", Dialect.NIX),
    NAR_FROM_PATH(38, "nar-from-path", Dialect.NIX),
    ADD_TO_STORE_NAR(39, "add-to-store-nar", Dialect.NIX),
    QUERY_MISSING(40, "query-missing", Dialect.NIX),
    QUERY_DERIVATION_OUTPUT_MAP(41, "query-derivation-output-map", Dialect.NIX),
    REGISTER_DRV_OUTPUT(42, "register-drv-output", Dialect.NIX),
    QUERY_REALISATION(43, "query-realisation", Dialect.NIX),
    ADD_MULTIPLE_TO_STORE(44, "add-multiple-to-store", Dialect.NIX),
    ADD_BUILD_LOG(45, "add-build-log", Dialect.NIX),
    BUILD_PATHS_WITH_RESULTS(46, "build-paths-with-results", Dialect.NIX),
    BUILTIN_BUILDERS(80, "built-in-builders", Dialect.GUIX),
    SUBSTITUTE_URLS(81, "substitute-urls", Dialect.GUIX);

    private static final Operation[] BY_NUMBER = new Operation[82];

    static {
        for (Operation operation : values()) {
            BY_NUMBER[operation.number] = operation;
        }
    }

    private final int number;
    private final String title;
    private final Set<Dialect> dialects;

    Operation(int number, String title) {
        this.number = number;
        this.title = title;
        this.dialects = EnumSet.allOf(Dialect.class);
    }

    Operation(int number, String title, Dialect only) {
        this.number = number;
        this.title = title;
        this.dialects = EnumSet.of(only);
    }

    /** What a request for it begins with. */
    public int number() {
        return number;
    }

    /** Guix's name for it, or one in the same manner. */
    public String title() {
        return title;
    }

    /** Whether it is known at all in a dialect; versions of it may still lack it. */
    public boolean isOf(Dialect dialect) {
        return dialects.contains(dialect);
    }

    /** The operation with this number in a dialect, if there is one. */
    public static Optional<Operation> of(Dialect dialect, long number) {
        if (number < 0 || number >= BY_NUMBER.length) {
            return Optional.empty();
        }
        return Optional.ofNullable(BY_NUMBER[(int) number]).filter(operation -> operation.isOf(dialect));
    }
}
