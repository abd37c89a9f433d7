/** From a purchase of data to the payments of the stations, through all parts but the chain. */
@NullMarked
package org.groundwork.cli.data;

import org.jspecify.annotations.NullMarked;
