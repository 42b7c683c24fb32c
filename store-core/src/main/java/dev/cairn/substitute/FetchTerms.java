// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

/**
 * How items are fetched.
 *
 * @param deduplicate whether equal files share their blocks as items come
 * @param needed whether all that is wanted must come: then the first that nobody offers ends it
 * @param keepGoing whether what can come still does after something failed
 * @param repair whether items that are valid are put in the place of themselves
 */
public record FetchTerms(boolean deduplicate, boolean needed, boolean keepGoing, boolean repair) {}
