module sankofa/backend

go 1.26.0

replace sankofa/frontend => ../frontend

// The SQLite dialector imports a cgo driver that we never use: an empty stub
// keeps the build free of a C compiler.
replace github.com/mattn/go-sqlite3 => ./third_party/sqlite3stub
