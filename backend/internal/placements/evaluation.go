// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// evaluationLife is how long a link to an evaluation works: the stay is over, and
// whoever evaluates may be on the road.
const evaluationLife = 60 * 24 * time.Hour

// link opens one form of one placement to whoever holds it, and nothing else.
type link struct {
	TokenHash   string `gorm:"primaryKey"`
	PlacementID string
	Kind        ReportKind
	CreatedBy   string
	CreatedAt   time.Time
	ExpiresAt   time.Time
}

// TableName names the table for GORM.
func (link) TableName() string { return "placement_links" }

// EvaluationLink is a link as it is shown, once.
type EvaluationLink struct {
	Secret    string
	ExpiresAt time.Time
}

var evaluationMissing = fault.New(fault.Missing, "evaluation.missing",
	"This link is not valid any more, or it is not complete. Please ask the programme for a new one.")

// LinkEvaluation makes a link by which the host can evaluate without an account: one
// plain page for a weak line. The secret is shown once and kept as a digest.
func (s *Service) LinkEvaluation(ctx context.Context, who identity.Actor, ref string) (EvaluationLink, error) {
	made := EvaluationLink{Secret: id.Secret()}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p, err := findIn(tx, who, ref)
		if err != nil {
			return err
		}
		if !who.Is(identity.Coordinator, identity.Host) {
			return denied
		}
		if err := askable(p, HostEvaluation); err != nil {
			return err
		}
		made.ExpiresAt = tx.Now.Add(evaluationLife)
		tx.Emit("placement.evaluation_linked", p.ID, store.Details{"professional": p.ProfessionalID})
		return tx.Create(&link{TokenHash: id.Digest(made.Secret), PlacementID: p.ID, Kind: HostEvaluation, CreatedBy: who.UserID, CreatedAt: tx.Now, ExpiresAt: made.ExpiresAt}).Error
	})
	return made, err
}

// mailable is when the host's evaluation is asked for by mail: the stay is over.
var mailable = []State{Ended, Curtailed}

// MailEvaluation asks the host once more, by a mail with a link. When the stay ends that
// happens by itself, and twice again; this is for a mail that was lost.
func (s *Service) MailEvaluation(ctx context.Context, who identity.Actor, ref string, version int) (View, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		if !who.Is(identity.Coordinator) {
			return denied
		}
		if !slices.Contains(mailable, p.State) {
			return fault.New(fault.Conflict, "report.closed", "This placement is %s; this is not asked for now.", p.Stands().Words())
		}
		var told int64
		if err := tx.Model(&Report{}).Where("placement_id = ? AND kind = ?", p.ID, HostEvaluation).Count(&told).Error; err != nil {
			return fmt.Errorf("look for the evaluation: %w", err)
		}
		if told > 0 {
			return fault.New(fault.Conflict, "evaluation.there", "The host has evaluated this stay already.")
		}
		tx.Emit("placement.evaluation_asked", p.ID, store.Details{"need": p.NeedID, "professional": p.ProfessionalID})
		return nil
	})
}

// askable tells whether a report of the kind is asked for while the placement stands
// where it does.
func askable(p Placement, kind ReportKind) error {
	if slices.Contains(forms[kind].while, p.State) {
		return nil
	}
	return fault.New(fault.Conflict, "report.closed", "This placement is %s; this is not asked for now.", p.Stands().Words())
}

// Evaluation is what the page of a link shows.
type Evaluation struct {
	Placement
	Host      string
	Title     string // of the need
	Person    string
	Questions []Question
	Answers   map[string]string // of before
	ExpiresAt time.Time
}

// OpenEvaluation returns the form that a link opens.
func (s *Service) OpenEvaluation(ctx context.Context, secret string) (e Evaluation, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		p, found, err := linkedIn(tx, secret)
		if err != nil {
			return err
		}
		e.Placement, e.ExpiresAt = p, found.ExpiresAt
		n, person, err := aboutIn(tx, p)
		if err != nil {
			return err
		}
		hosts, err := identity.OrganisationsIn(tx, []string{p.OrganisationID})
		if err != nil {
			return err
		}
		e.Host, e.Title, e.Person = hosts[p.OrganisationID].Name, n.Title, strings.TrimSpace(person.GivenName+" "+person.FamilyName)
		criteria, err := criteriaIn(tx, p.NeedID)
		if err != nil {
			return err
		}
		e.Questions = asked(found.Kind, criteria)
		var before []Report
		err = tx.Where("placement_id = ? AND kind = ? AND role = ?", p.ID, found.Kind, identity.Host).Find(&before).Error
		e.Answers = map[string]string{}
		if len(before) > 0 {
			e.Answers = before[0].Answers()
		}
		return err
	})
	return e, err
}

// linkedIn returns what a link that works opens: one that was shown, or that of a mail.
func linkedIn(tx *store.Tx, secret string) (p Placement, found link, err error) {
	var rows []link
	if err := tx.Where("token_hash = ?", id.Digest(secret)).Find(&rows).Error; err != nil {
		return p, found, fmt.Errorf("load link: %w", err)
	}
	if len(rows) == 0 {
		mailed, ok, err := identity.LinkIn(tx, identity.LinkEvaluation, secret)
		if err != nil {
			return p, found, fmt.Errorf("load link of a mail: %w", err)
		}
		if ok {
			rows = append(rows, link{PlacementID: mailed.Subject, Kind: HostEvaluation, ExpiresAt: mailed.ExpiresAt})
		}
	}
	if len(rows) == 0 || !tx.Now.Before(rows[0].ExpiresAt) {
		return p, found, evaluationMissing
	}
	if err := tx.Where("id = ?", rows[0].PlacementID).Take(&p).Error; err != nil {
		return p, found, fmt.Errorf("load placement: %w", err)
	}
	return p, rows[0], askable(p, rows[0].Kind)
}

// AnswerEvaluation keeps what came by a link: the same record as that of the portal,
// however often it is sent.
func (s *Service) AnswerEvaluation(ctx context.Context, secret string, answers map[string]string) error {
	return s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		p, found, err := linkedIn(tx, secret)
		if err != nil {
			return err
		}
		who := identity.Actor{UserID: store.Stranger.UserID, Role: identity.Host, OrganisationID: p.OrganisationID, ProgrammeID: p.ProgrammeID}
		return s.lockedReport(tx, who, p.ID, found.Kind, answers, "link")
	})
}

// ImportEvaluation keeps a form that came as a file or in a mail.
func (s *Service) ImportEvaluation(ctx context.Context, who identity.Actor, ref, text string) (View, error) {
	var view View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p, err := findIn(tx, who, ref)
		if err != nil {
			return err
		}
		if !who.Is(identity.Coordinator, identity.Host) {
			return denied
		}
		if err := askable(p, HostEvaluation); err != nil {
			return err
		}
		answers, err := readFilled(text, p.Reference)
		if err != nil {
			return err
		}
		host := who
		host.Role = identity.Host
		if err := s.lockedReport(tx, host, p.ID, HostEvaluation, answers, "file"); err != nil {
			return err
		}
		if p, err = findIn(tx, who, ref); err != nil {
			return err
		}
		view, err = viewIn(tx, who, p)
		return err
	})
	return view, err
}

// lockedReport writes a report of a placement whose version the writer cannot know:
// it waits for whoever is writing.
func (s *Service) lockedReport(tx *store.Tx, who identity.Actor, placementID string, kind ReportKind, answers map[string]string, source string) error {
	var p Placement
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", placementID).Take(&p).Error; err != nil {
		return fmt.Errorf("lock placement: %w", err)
	}
	if err := askable(p, kind); err != nil {
		return err
	}
	if err := s.reportIn(tx, who, p, kind, answers, source); err != nil {
		return err
	}
	return save(tx, &p)
}

// reportIn writes what one side tells, over what it told before.
func (s *Service) reportIn(tx *store.Tx, who identity.Actor, p Placement, kind ReportKind, answers map[string]string, source string) error {
	criteria, err := criteriaIn(tx, p.NeedID)
	if err != nil {
		return err
	}
	answers = tidied(answers)
	if err := forms[kind].check(answers, len(criteria)); err != nil {
		return err
	}
	text, err := json.Marshal(answers)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	row := Report{ID: id.New(), PlacementID: p.ID, Kind: kind, Body: string(text), Role: who.Role, ByUser: who.UserID, Source: source, OfTeam: source == ofTeam, CreatedAt: tx.Now, UpdatedAt: tx.Now}
	if row.OfTeam {
		row.Source = "portal"
	}
	tx.Emit("placement.reported", p.ID, store.Details{"kind": kind, "professional": p.ProfessionalID, "source": source})
	err = tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "placement_id"}, {Name: "kind"}, {Name: "role"}},
		DoUpdates: clause.AssignmentColumns([]string{"body", "by_user", "source", "of_team", "updated_at"})}).Create(&row).Error
	if err != nil || kind != HostEvaluation {
		return err
	}
	return confirmIn(tx, who, p, criteria, answers["skills"])
}

// confirmIn lets what a host has seen a person do stand behind their skills.
func confirmIn(tx *store.Tx, who identity.Actor, p Placement, criteria []needs.Criterion, chosen string) error {
	var skills []registry.Skill
	for _, i := range positions(chosen) {
		skills = append(skills, registry.Skill{Concept: criteria[i].Concept, Label: criteria[i].Label})
	}
	hosts, err := identity.OrganisationsIn(tx, []string{p.OrganisationID})
	if err != nil {
		return err
	}
	return registry.ConfirmByHostIn(tx, who, registry.HostConfirmation{ProfessionalID: p.ProfessionalID, Placement: p.Reference,
		HostName: hosts[p.OrganisationID].Name, Skills: skills, SeenUntil: min(p.To, dayOf(tx))})
}

// criteriaIn returns the skills that the need asked for, in their order.
func criteriaIn(tx *store.Tx, needID string) ([]needs.Criterion, error) {
	var all []needs.Criterion
	if err := tx.Where("need_id = ?", needID).Order("position").Find(&all).Error; err != nil {
		return nil, fmt.Errorf("load criteria: %w", err)
	}
	return all, nil
}

// asked are the questions of a form, with what there is to choose from.
func asked(kind ReportKind, criteria []needs.Criterion) []Question {
	all := slices.Clone(forms[kind].questions)
	for i := range all {
		if all[i].Kind == "skills" {
			for _, c := range criteria {
				all[i].Options = append(all[i].Options, c.Label)
			}
		}
	}
	return slices.DeleteFunc(all, func(q Question) bool { return q.Kind == "skills" && len(q.Options) == 0 })
}

// positions reads "0,2"; what cannot be read is left out, for it was checked before.
func positions(text string) []int {
	var all []int
	for _, part := range strings.Split(text, ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(part)); err == nil && !slices.Contains(all, n) {
			all = append(all, n)
		}
	}
	return all
}

// readFilled reads a filled form: JSON with the answers by their names, or lines of
// "name: answer", an answer going on over the lines that follow. It names the
// placement, so that no answer is kept with the wrong one.
func readFilled(text, reference string) (map[string]string, error) {
	var form struct {
		Placement string
		Answers   map[string]string
	}
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		if err := json.Unmarshal([]byte(text), &form); err != nil {
			return nil, unreadable.Because(err)
		}
	} else {
		form.Placement, form.Answers = readLines(text)
	}
	if !strings.EqualFold(strings.TrimSpace(form.Placement), reference) {
		return nil, fault.New(fault.Invalid, "evaluation.other", "This form does not name the placement %s. Please see whether it belongs to another one.", reference)
	}
	return form.Answers, nil
}

var unreadable = fault.New(fault.Invalid, "evaluation.unreadable", "This file cannot be read as an evaluation. Please send the file as the page saved it.")

// readLines reads the form as plain text.
func readLines(text string) (placement string, answers map[string]string) {
	answers = map[string]string{}
	last := ""
	for line := range strings.Lines(strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "> ", "")) {
		name, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		name = strings.ToLower(strings.TrimSpace(name))
		switch {
		case ok && name == "placement":
			placement, last = strings.TrimSpace(value), ""
		case ok && slices.ContainsFunc(forms[HostEvaluation].questions, func(q Question) bool { return q.Name == name }):
			answers[name], last = strings.TrimSpace(value), name
		case last != "":
			answers[last] = strings.TrimSpace(answers[last] + "\n" + strings.TrimSpace(line))
		}
	}
	return placement, answers
}
