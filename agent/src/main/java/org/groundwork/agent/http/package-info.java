/** What all web servers here have in common, whatever they serve. */
@NullMarked
package org.groundwork.agent.http;

import org.jspecify.annotations.NullMarked;
