/**
 * A notice board, as an example of a plugin that is installed at run time.
 *
 * <p>All members of an organization can read its notices; a notice's title is unique there. Its author or an
 * administrator can delete it. The database separates the organizations (see {@code V1__notice.sql}).
 */
package io.thespace.notice;
