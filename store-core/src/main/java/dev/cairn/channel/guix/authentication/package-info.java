// SPDX-License-Identifier: Apache-2.0
/** Whether the commits of a channel were made by those who may make them (services, section 4.5). */
@NullMarked
package dev.cairn.channel.guix.authentication;

import org.jspecify.annotations.NullMarked;
