// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"strings"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/merging"
	"sankofa/backend/internal/registry"
)

type duplicateSide struct {
	ID           string      `json:"id"`
	Pseudonym    string      `json:"pseudonym"`
	Name         string      `json:"name"`
	State        string      `json:"state" enum:"invited,active,paused,declined"`
	Associations []namedView `json:"associations"`
	RegisteredAt time.Time   `json:"registeredAt"`
}

func viewSide(s merging.Side) duplicateSide {
	return duplicateSide{ID: s.ID, Pseudonym: s.Pseudonym, Name: strings.TrimSpace(s.Name), State: string(s.State), RegisteredAt: s.RegisteredAt,
		Associations: mapped(s.Associations, nameOrganisation)}
}

func nameOrganisation(o identity.Organisation) namedView { return namedView{ID: o.ID, Name: o.Name} }

type comparedField struct {
	Field  string `json:"field"`
	List   bool   `json:"list" doc:"It can be taken from both."`
	Same   bool   `json:"same"`
	First  string `json:"first" doc:"What the first record says: text; of a list, JSON."`
	Second string `json:"second"`
}

type duplicateView struct {
	ID       string          `json:"id"`
	Version  int             `json:"version"`
	State    string          `json:"state" enum:"open,different"`
	Strength string          `json:"strength" enum:"possible,likely"`
	Reasons  []string        `json:"reasons" doc:"name, name_part, phone, email, birth_date, birth_date_near, birth_date_usual, birth_date_unknown."`
	FoundAt  time.Time       `json:"foundAt"`
	First    duplicateSide   `json:"first"`
	Second   duplicateSide   `json:"second"`
	Fields   []comparedField `json:"fields" doc:"Every field that says something; only when one pair is asked for."`
	Stays    string          `json:"stays" enum:"first,second" doc:"The record that the other goes into."`
	Keeps    bool            `json:"keeps" doc:"The person wrote the record that stays: what it says stays."`
}

func (v duplicateView) etag() int { return v.Version }

func viewDuplicate(p merging.Proposal) duplicateView {
	return duplicateView{ID: p.ID, Version: p.Version, State: p.State, Strength: p.Strength, Reasons: mapped(p.Why, itself), FoundAt: p.FoundAt,
		First: viewSide(p.First), Second: viewSide(p.Second), Stays: p.Stays, Keeps: p.Keeps,
		Fields: mapped(p.Fields, func(c registry.Compared) comparedField {
			return comparedField{Field: c.Field, List: c.List, Same: c.First == c.Second, First: c.First, Second: c.Second}
		})}
}

type duplicateFilter struct {
	Page
	State string `query:"state" enum:"open,different" default:"open" doc:"Those to decide on, or those found to be different people."`
}

// DuplicatePath names a pair; exported for huma to look into it.
type DuplicatePath struct {
	ID string `path:"id" maxLength:"60"`
}

type duplicateStep struct {
	DuplicatePath
	IfMatch
}

// fieldTaken says from which record a field is taken.
type fieldTaken struct {
	Field string `json:"field" maxLength:"60"`
	From  string `json:"from" enum:"first,second,both" doc:"Lists may be taken from both."`
}

type duplicateMerge struct {
	DuplicatePath
	IfMatch
	Body struct {
		Take []fieldTaken `json:"take" required:"false" maxItems:"60" doc:"Where nothing is said of a field: what the record that stays says, and of lists both."`
	}
}

type mergeView struct {
	ID           string      `json:"id"`
	Version      int         `json:"version"`
	State        string      `json:"state" enum:"merged,undone,settled"`
	Professional string      `json:"professional" doc:"Identifier of the record that stayed."`
	Pseudonym    string      `json:"pseudonym"`
	Name         string      `json:"name"`
	Associations []namedView `json:"associations"`
	MadeAt       time.Time   `json:"madeAt"`
	UndoUntil    time.Time   `json:"undoUntil"`
	UndoneAt     *time.Time  `json:"undoneAt"`
	CanUndo      bool        `json:"canUndo"`
}

func (v mergeView) etag() int { return v.Version }

// MergePath names a merge; exported for huma to look into it.
type MergePath struct {
	ID string `path:"id" maxLength:"60"`
}

type mergeStep struct {
	MergePath
	IfMatch
}

// mergingRoutes are about records of one person.
func (a *API) mergingRoutes() []Route {
	deciders := identity.Only(identity.Association, identity.Coordinator, identity.Administrator)
	return []Route{
		on("GET", "/duplicates", deciders, "list-duplicates", "Records that may be of one person, newest first", a.listDuplicates),
		on("GET", "/duplicates/{id}", deciders, "show-duplicate", "Two records side by side", a.showDuplicate),
		on("POST", "/duplicates/{id}/merge", deciders, "merge-duplicate", "Make one record of the two", a.mergeDuplicate),
		does("POST", "/duplicates/{id}/different", deciders, "part-duplicate", "Say that they are not the same person", a.partDuplicate),
		on("GET", "/merges", deciders, "list-merges", "Records that became one, newest first", a.listMerges),
		on("POST", "/merges/{id}/undo", deciders, "undo-merge", "Make two records of one again", a.undoMerge),
	}
}

func (a *API) listDuplicates(ctx context.Context, who identity.Actor, in *duplicateFilter) (list[duplicateView], error) {
	found, next, err := a.Merging.List(ctx, who, in.State, in.After, in.Limit)
	return listOf(mapped(found, viewDuplicate), next), err
}

func (a *API) showDuplicate(ctx context.Context, who identity.Actor, in *DuplicatePath) (duplicateView, error) {
	found, err := a.Merging.Find(ctx, who, in.ID)
	return viewDuplicate(found), err
}

func (a *API) mergeDuplicate(ctx context.Context, who identity.Actor, in *duplicateMerge) (mergeView, error) {
	version, err := in.version()
	if err != nil {
		return mergeView{}, err
	}
	take := make(map[string]registry.Side, len(in.Body.Take))
	for _, one := range in.Body.Take {
		take[one.Field] = registry.Side(one.From)
	}
	made, err := a.Merging.Merge(ctx, who, in.ID, version, take)
	if err != nil {
		return mergeView{}, err
	}
	return a.readMerge(ctx, who, made.ID)
}

func (a *API) partDuplicate(ctx context.Context, who identity.Actor, in *duplicateStep) error {
	version, err := in.version()
	if err != nil {
		return err
	}
	return a.Merging.Different(ctx, who, in.ID, version)
}

func (a *API) viewMerge(m merging.Past) mergeView {
	return mergeView{ID: m.ID, Version: m.Version, State: m.State, Professional: m.SurvivorID, Pseudonym: m.Pseudonym, Name: m.Name,
		Associations: mapped(m.Associations, nameOrganisation), MadeAt: m.MadeAt, UndoUntil: m.UndoUntil, UndoneAt: m.UndoneAt,
		CanUndo: m.State == merging.Done && a.DB.Now().Before(m.UndoUntil)}
}

func (a *API) listMerges(ctx context.Context, who identity.Actor, in *Page) (list[mergeView], error) {
	found, next, err := a.Merging.Merges(ctx, who, in.After, in.Limit)
	return listOf(mapped(found, a.viewMerge), next), err
}

func (a *API) readMerge(ctx context.Context, who identity.Actor, id string) (mergeView, error) {
	found, err := a.Merging.FindMerge(ctx, who, id)
	return a.viewMerge(found), err
}

func (a *API) undoMerge(ctx context.Context, who identity.Actor, in *mergeStep) (mergeView, error) {
	version, err := in.version()
	if err != nil {
		return mergeView{}, err
	}
	if err := a.Merging.Undo(ctx, who, in.ID, version); err != nil {
		return mergeView{}, err
	}
	return a.readMerge(ctx, who, in.ID)
}
