// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.BinaryPackage.MultiArch;
import dev.cairn.debian.DebianVersion;
import dev.cairn.debian.Relation;
import dev.cairn.debian.Relation.Bound;
import dev.cairn.debian.Relation.Operator;
import java.util.Optional;

/**
 * Which packages a relation means (Debian policy, chapter 7, and the specification of Multi-Arch).
 *
 * @param nativeArchitecture the machine's own, which packages for all architectures count as
 */
record RelationRules(String nativeArchitecture) {
    private static final String ANY = "any";

    /** The architecture that a package counts as. */
    String architecture(BinaryPackage one) {
        return one.architecture().equals("all") ? nativeArchitecture : one.architecture();
    }

    /** Whether a package meets what another one needs, by its own name or as one that it provides. */
    boolean satisfies(Relation needed, BinaryPackage by, BinaryPackage one) {
        return isNamed(needed, one)
                ? fits(needed, by, one, Optional.empty())
                : one.provides().stream()
                        .anyMatch(p -> isProvided(needed, p) && fits(needed, by, one, p.qualifier()));
    }

    /** Whether a package is one of those that another one, of another name, conflicts with or breaks. */
    boolean hits(Relation unwanted, BinaryPackage one) {
        return isNamed(unwanted, one)
                ? isAmong(unwanted, architecture(one))
                : one.provides().stream()
                        .anyMatch(p -> isProvided(unwanted, p) && isAmong(unwanted, providedFor(one, p.qualifier())));
    }

    /** What keeps two packages of one name, different in version or architecture, from being there at once. */
    Optional<Reason.Kind> obstacle(BinaryPackage one, BinaryPackage other) {
        if (architecture(one).equals(architecture(other))) {
            return Optional.of(Reason.Kind.VERSIONS);
        }
        if (one.multiArch() != MultiArch.SAME || other.multiArch() != MultiArch.SAME) {
            return Optional.of(Reason.Kind.ARCHITECTURES);
        }
        return DebianVersion.ORDER.compare(one.version(), other.version()) == 0
                ? Optional.empty()
                : Optional.of(Reason.Kind.STEP);
    }

    private static boolean isNamed(Relation relation, BinaryPackage one) {
        return one.name().equals(relation.name())
                && relation.bound().map(bound -> bound.admits(one.version())).orElse(true);
    }

    /** A relation with versions means only virtual packages of a version. */
    private static boolean isProvided(Relation relation, Relation provided) {
        if (!provided.name().equals(relation.name())) {
            return false;
        }
        if (relation.bound().isEmpty()) {
            return true;
        }
        return provided.bound()
                .filter(bound -> bound.operator() == Operator.EXACTLY)
                .map(Bound::version)
                .filter(relation.bound().get()::admits)
                .isPresent();
    }

    /** Whether the architecture is right. A package of another one helps only if it says so. */
    private boolean fits(Relation needed, BinaryPackage by, BinaryPackage one, Optional<String> provided) {
        String own = providedFor(one, provided);
        if (needed.qualifier().isEmpty()) {
            return own.equals(architecture(by)) || one.multiArch() == MultiArch.FOREIGN;
        }
        String qualifier = needed.qualifier().get();
        return switch (qualifier) {
            case ANY -> one.multiArch() == MultiArch.ALLOWED || provided.filter(ANY::equals).isPresent();
            case "native" -> own.equals(nativeArchitecture);
            default -> own.equals(qualifier);
        };
    }

    private boolean isAmong(Relation unwanted, String architecture) {
        if (unwanted.qualifier().isEmpty()) {
            return true;
        }
        String qualifier = unwanted.qualifier().get();
        return switch (qualifier) {
            case ANY -> true;
            case "native" -> architecture.equals(nativeArchitecture);
            default -> architecture.equals(qualifier);
        };
    }

    private String providedFor(BinaryPackage one, Optional<String> qualifier) {
        return qualifier.filter(q -> !q.equals(ANY)).orElse(architecture(one));
    }
}
