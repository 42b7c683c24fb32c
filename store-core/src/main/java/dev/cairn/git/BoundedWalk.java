// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import java.io.Serial;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A walk that ends before the memory does: the library keeps every commit that it came across until the walk is over,
 * whatever it was asked for. For one thread.
 */
final class BoundedWalk extends RevWalk {
    private final int most;
    private int count;

    /** There are more commits than a walk may come across. */
    static final class Exceeded extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        private Exceeded(int most) {
            super("it has more than " + most + " commits");
        }
    }

    /** @param most commits that it may come across; further ones end it by {@link Exceeded} */
    BoundedWalk(ObjectReader reader, int most) {
        super(reader);
        this.most = most;
        setRetainBody(false);
    }

    @Override
    protected RevCommit createCommit(AnyObjectId id, int place) {
        count++;
        if (count > most) {
            throw new Exceeded(most);
        }
        return super.createCommit(id, place);
    }
}
