// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculumtest

const jsonResume = `{"$schema":"https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
"basics":{"name":"Ama Boateng","label":"Registered nurse","email":"Ama@example.org","phone":"+31 6 1234 5678","summary":"Nurse with twelve years in emergency care.",
"location":{"city":"Utrecht","countryCode":"NL"}},
"work":[{"name":"UMC Utrecht","position":"Staff nurse","startDate":"2016-09","summary":"Night shifts","highlights":["Taught triage"]},
{"company":"Ridge Hospital","position":"Emergency nurse","location":"Accra, Ghana","startDate":"2012-03-01","endDate":"2016-06-30"}],
"education":[{"institution":"University of Ghana","area":"Nursing","studyType":"Bachelor","endDate":"2011"}],
"skills":[{"name":"Care","level":"Master","keywords":["Triage","Wound care"]},{"name":"Microsoft Excel"}],
"languages":[{"language":"English","fluency":"C2"},{"language":"Twi","fluency":"Native speaker"}],
"certificates":[{"name":"Registered nurse","issuer":"Nursing and Midwifery Council of Ghana","date":"2011-08-01"}]}`

const europass3 = `<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en"><DocumentInfo><DocumentType>ECV</DocumentType></DocumentInfo>
<LearnerInfo><Identification><PersonName><FirstName>Ama</FirstName><Surname>Boateng</Surname></PersonName>
<ContactInfo><Email><Contact>ama@example.org</Contact></Email><TelephoneList><Telephone><Contact>+31 612345678</Contact></Telephone></TelephoneList></ContactInfo>
<Demographics><Birthdate year="1985" month="--07" day="---09"/></Demographics></Identification>
<Headline><Type><Code>preferred_job</Code></Type><Description><Label>Registered nurse</Label></Description></Headline>
<WorkExperienceList><WorkExperience><Period><From year="2016" month="--09"/><Current>true</Current></Period><Position><Label>Staff nurse</Label></Position>
<Activities>&lt;p&gt;Night shifts&lt;/p&gt;</Activities><Employer><Name>UMC Utrecht</Name><ContactInfo><Address><Contact><Country><Code>NL</Code><Label>Netherlands</Label></Country></Contact></Address></ContactInfo></Employer></WorkExperience></WorkExperienceList>
<EducationList><Education><Period><From year="2007"/><To year="2011"/></Period><Title>Bachelor of Nursing</Title><Organisation><Name>University of Ghana</Name></Organisation><Level><Code>6</Code></Level></Education></EducationList>
<Skills><Linguistic><MotherTongueList><MotherTongue><Description><Label>Twi</Label></Description></MotherTongue></MotherTongueList>
<ForeignLanguageList><ForeignLanguage><Description><Code>en</Code><Label>English</Label></Description><ProficiencyLevel><Listening>C2</Listening><Reading>C2</Reading><SpokenInteraction>C1</SpokenInteraction><SpokenProduction>C1</SpokenProduction><Writing>B2</Writing></ProficiencyLevel></ForeignLanguage></ForeignLanguageList></Linguistic>
<JobRelated><Description>&lt;ul&gt;&lt;li&gt;Triage&lt;/li&gt;&lt;li&gt;Wound care&lt;/li&gt;&lt;/ul&gt;</Description></JobRelated></Skills></LearnerInfo></SkillsPassport>`

const europass3JSON = `{"SkillsPassport":{"Locale":"fr","LearnerInfo":{"Identification":{"PersonName":{"FirstName":"Awa","Surname":"Diop"},
"ContactInfo":{"Email":{"Contact":"awa@example.org"}},"Demographics":{"Birthdate":{"Year":1988,"Month":3,"Day":4}}},
"WorkExperience":[{"Period":{"From":{"Year":2014,"Month":9},"To":{"Year":2019,"Month":6}},"Position":{"Label":"Sage-femme"},"Employer":{"Name":"Hôpital Saint-Louis"}}],
"Education":[{"Period":{"To":{"Year":2011}},"Title":"Master en santé publique","Organisation":{"Name":"Université de Dakar"}}],
"Skills":{"Linguistic":{"MotherTongue":[{"Description":{"Code":"wo","Label":"wolof"}}],"ForeignLanguage":[{"Description":{"Code":"en","Label":"anglais"},"ProficiencyLevel":{"Listening":"B1","Reading":"B2","SpokenInteraction":"B1","SpokenProduction":"B1","Writing":"A2"}}]}}}}}`

const europassToday = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:eures="http://www.europass_eures.eu/1.0" xmlns:hr="http://www.hr-xml.org/3">
<CandidatePerson><PersonName><oa:GivenName>Ama</oa:GivenName><hr:FamilyName>Boateng</hr:FamilyName></PersonName>
<Communication><ChannelCode>Email</ChannelCode><oa:URI>ama@example.org</oa:URI></Communication>
<Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>31</CountryDialing><oa:DialNumber>612345678</oa:DialNumber></Communication>
<hr:BirthDate>1985-07-09</hr:BirthDate><PrimaryLanguageCode>aka</PrimaryLanguageCode></CandidatePerson>
<CandidateProfile languageCode="en"><ExecutiveSummary>&lt;p&gt;Nurse with twelve years in emergency care.&lt;/p&gt;</ExecutiveSummary>
<EmploymentHistory><EmployerHistory><hr:OrganizationName>UMC Utrecht</hr:OrganizationName>
<PositionHistory><PositionTitle>Staff nurse</PositionTitle><eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2016-09</hr:FormattedDateTime></eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod><oa:Description>&lt;ul&gt;&lt;li&gt;Night shifts&lt;/li&gt;&lt;/ul&gt;</oa:Description></PositionHistory></EmployerHistory></EmploymentHistory>
<EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>University of Ghana</hr:OrganizationName><EducationLevelCode>6</EducationLevelCode>
<AttendancePeriod><EndDate><hr:FormattedDateTime>2011-06-30</hr:FormattedDateTime></EndDate></AttendancePeriod><EducationDegree><hr:DegreeName>BSc Nursing</hr:DegreeName></EducationDegree></EducationOrganizationAttendance></EducationHistory>
<PersonQualifications><PersonCompetency><CompetencyID>eng</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>
<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>C2</hr:ScoreText></eures:Score></eures:CompetencyDimension>
<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Writing-Production</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>B2</hr:ScoreText></eures:Score></eures:CompetencyDimension></PersonCompetency>
<PersonCompetency><CompetencyName>Triage</CompetencyName><hr:TaxonomyID>skill</hr:TaxonomyID></PersonCompetency></PersonQualifications></CandidateProfile></Candidate>`

func structured() []Case {
	return []Case{
		{Name: "JSON Resume, old and new names of the employer", File: "resume.json", Content: []byte(jsonResume), Language: "en",
			Want: []string{"givenName: Ama", "familyName: Boateng", "email: ama@example.org", "phone: +31612345678", "occupationTitle: Registered nurse",
				"experience: Staff nurse | UMC Utrecht |  | 2016-09-01 | ", "experience: Emergency nurse | Ridge Hospital | GH | 2012-03-01 | 2016-06-30",
				"education: 6 | Bachelor Nursing | University of Ghana | GH | 2011", "languages: en C2", "languages: ak native", "skills: Triage", "skills: Microsoft Excel",
				"licences: Nursing and Midwifery Council of Ghana |  |  | 2011-08-01"}},
		{Name: "Europass of version 3 in XML", File: "europass.xml", Content: []byte(europass3), Language: "en",
			Want: []string{"givenName: Ama", "phone: +31612345678", "birthDate: 1985-07-09", "experience: Staff nurse | UMC Utrecht | NL | 2016-09-01 | ",
				"education: 6 | Bachelor of Nursing | University of Ghana | GH | 2011", "languages: ak native", "languages: en C2 C2 C1 C1 B2", "skills: Triage", "skills: Wound care"}},
		{Name: "Europass of version 3 in JSON, in French", File: "europass.json", Content: []byte(europass3JSON), Language: "fr",
			Want: []string{"givenName: Awa", "birthDate: 1988-03-04", "experience: Sage-femme | Hôpital Saint-Louis |  | 2014-09-01 | 2019-06-30",
				"education: 7 | Master en santé publique | Université de Dakar |  | 2011", "languages: wo native", "languages: en B1 B2 B1 B1 A2"}},
		{Name: "Europass of today in XML", File: "europass.xml", Content: []byte(europassToday), Language: "en",
			Want: []string{"givenName: Ama", "familyName: Boateng", "email: ama@example.org", "phone: +31612345678", "birthDate: 1985-07-09", "summary: Nurse with twelve years",
				"experience: Staff nurse | UMC Utrecht |  | 2016-09-01 | ", "education: 6 | BSc Nursing | University of Ghana | GH | 2011", "languages: en C2    B2", "languages: ak native", "skills: Triage"}},
	}
}
