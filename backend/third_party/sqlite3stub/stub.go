// SPDX-License-Identifier: AGPL-3.0-or-later

// Package sqlite3 is empty: GORM's SQLite dialector names this driver as its
// default, and Sankofa always hands the dialector a connection of its own.
package sqlite3
