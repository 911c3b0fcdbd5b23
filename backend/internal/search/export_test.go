// SPDX-License-Identifier: AGPL-3.0-or-later

package search

// RankTogether lets several processors rank from so many people on.
func (s *Service) RankTogether(from int) {
	now, _, _ := s.current()
	now.columns.crowded = from
}
