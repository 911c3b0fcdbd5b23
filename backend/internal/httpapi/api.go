// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"log/slog"

	"sankofa/backend/internal/accountability"
	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/board"
	"sankofa/backend/internal/bulk"
	"sankofa/backend/internal/completeness"
	"sankofa/backend/internal/disclosure"
	"sankofa/backend/internal/documents"
	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/funding"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/merging"
	"sankofa/backend/internal/messages"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/partners"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/portability"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/proposals"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/retention"
	"sankofa/backend/internal/savedsearches"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/stats"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/tasks"
	"sankofa/backend/internal/taxonomy"
)

// API holds the services that routes ask.
type API struct {
	DB         *store.DB
	Log        *slog.Logger
	Identity   *identity.Service
	Needs      *needs.Service
	Registry   *registry.Service
	Privacy    *privacy.Service
	Audit      *audit.Service
	Taxonomy   *taxonomy.Taxonomy
	Words      *taxonomy.Words
	Search     *search.Service
	Selection  *selection.Service
	Placements *placements.Service
	Funding    *funding.Service
	Stats      *stats.Service
	Proposals  *proposals.Service
	Documents  *documents.Service
	Partners   *partners.Service

	Completeness *completeness.Service

	SavedSearches *savedsearches.Service
	Disclosure    *disclosure.Service
	Erasure       *erasure.Service
	Portability   *portability.Service
	Notices       *notices.Service
	Intake        *intake.Service
	Retention     *retention.Service
	Merging       *merging.Service
	Tasks         *tasks.Service
	Board         *board.Service
	Bulk          *bulk.Service
	Messages      *messages.Service

	Accountability *accountability.Service

	// DemoSignIns lists the accounts of the demonstration; nil without one.
	DemoSignIns func() []DemoSignIn

	// Checks tells how the parts of the server are, for /readyz.
	Checks func(context.Context) []HealthCheck

	settings Settings
	limits   limits
	turns    turns
	roomy    map[string]int64 // "POST /api/v1/imports" -> bytes of a file that it takes
}

// Routes is the one list of everything that the API answers.
func (a *API) Routes() []Route {
	var all []Route
	for _, some := range [][]Route{
		a.sessionRoutes(),
		a.delegationRoutes(),
		a.byMailRoutes(),
		a.taskRoutes(),
		a.workRoutes(),
		a.messageRoutes(),
		a.needRoutes(),
		a.registryRoutes(),
		a.privacyRoutes(),
		a.disclosureRoutes(),
		a.erasureRoutes(),
		a.portabilityRoutes(),
		a.processingRoutes(),
		a.retentionRoutes(),
		a.accountabilityRoutes(),
		a.auditRoutes(),
		a.taxonomyRoutes(),
		a.vocabularyRoutes(),
		a.rankingRoutes(),
		a.searchRoutes(),
		a.savedSearchRoutes(),
		a.selectionRoutes(),
		a.teamRoutes(),
		a.equipmentRoutes(),
		a.moveRoutes(),
		a.sittingRoutes(),
		a.placementRoutes(),
		a.moneyRoutes(),
		a.followRoutes(),
		a.evaluationRoutes(),
		a.dutyRoutes(),
		a.statsRoutes(),
		a.proposalRoutes(),
		a.noticeRoutes(),
		a.answerRoutes(),
		a.outboxRoutes(),
		a.intakeRoutes(),
		a.membersRoutes(),
		a.documentRoutes(),
		a.evidenceRoutes(),
		a.partnerRoutes(),
		a.mergingRoutes(),
		a.exportRoutes(),
	} {
		all = append(all, some...)
	}
	return all
}
