// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.source;

import dev.cairn.manifest.SearchPathSpecification;
import java.util.List;

/** What is known of a package beyond its outputs. */
public sealed interface Knowledge {
    /**
     * All of it.
     *
     * @param inputs what the package propagates itself, in its order; what those propagate is not in it
     * @param searchPaths the variables it wants set, in its order
     */
    record Known(List<PropagatedInput> inputs, List<SearchPathSpecification> searchPaths) implements Knowledge {
        public Known {
            inputs = List.copyOf(inputs);
            searchPaths = List.copyOf(searchPaths);
        }
    }

    /**
     * Part of it, or nothing: something could not be read. What is here is right, but there may be more.
     *
     * @param why for people: what could not be read, and where ({@code FILE:LINE:COLUMN})
     * @param inputs those that could be read
     * @param searchPaths those that could be read
     */
    record Unknown(String why, List<PropagatedInput> inputs, List<SearchPathSpecification> searchPaths)
            implements Knowledge {
        public Unknown {
            inputs = List.copyOf(inputs);
            searchPaths = List.copyOf(searchPaths);
        }

        /** Nothing could be read. */
        public Unknown(String why) {
            this(why, List.of(), List.of());
        }
    }

    /** What the package surely propagates. */
    List<PropagatedInput> inputs();

    /** The variables that it surely wants set. */
    List<SearchPathSpecification> searchPaths();
}
