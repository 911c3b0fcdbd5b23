// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
)

// nextStep is a step of a need or a candidacy that the reader may take next.
type nextStep struct {
	Move     string     `json:"move"`
	To       string     `json:"to" doc:"The state that it leads to."`
	Evidence []string   `json:"evidence" doc:"What it asks for."`
	Missing  []nextLack `json:"missing" doc:"What is not there yet; the step is refused while something is."`
}

type nextLack struct {
	Evidence string `json:"evidence"`
	What     string `json:"what" doc:"Which of them: the name of a field, a person's seat or a rule."`
}

func viewStep(m lifecycle.Move, missing []nextLack) nextStep {
	view := nextStep{Move: m.Name, To: string(m.To), Evidence: []string{}, Missing: missing}
	for _, e := range m.Evidence {
		view.Evidence = append(view.Evidence, string(e))
	}
	return view
}

func viewNeedNext(n needs.Next) nextStep {
	return viewStep(n.Move, mapped(n.Missing, func(l needs.Lack) nextLack { return nextLack{Evidence: string(l.Evidence), What: l.What} }))
}
