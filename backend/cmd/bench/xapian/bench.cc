// SPDX-License-Identifier: AGPL-3.0-or-later

// Xapian in the comparison of cmd/bench: `bench build DIR` makes its database from
// DIR/people.tsv, `bench serve DIR` answers the numbers of queries. Conditions are
// boolean terms and a filter; the other words are weighed by BM25 times the weight
// that the query gives them.
#include <xapian.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

using std::string;
using std::vector;

vector<string> split(const string& text, char by) {
  vector<string> parts;
  std::istringstream in(text);
  for (string part; std::getline(in, part, by);) parts.push_back(part);
  return parts;
}

void build(const string& dir) {
  const auto begin = std::chrono::steady_clock::now();
  const string path = dir + "/xapian";
  Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_DANGEROUS);
  std::ifstream people(dir + "/people.tsv");
  for (string line; std::getline(people, line);) {
    Xapian::Document doc;
    const auto fields = split(line, '\t');
    for (size_t field = 0; field < fields.size(); field++)
      for (const auto& word : split(fields[field], ' ')) {
        if (field == 0)
          doc.add_boolean_term(word);
        else
          doc.add_term(word);
      }
    db.add_document(doc);  // numbered from one, in the order of the file
  }
  db.commit();
  db.close();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
    if (entry.is_regular_file()) bytes += entry.file_size();
  std::cout << "{\"Seconds\":" << took.count() << ",\"Bytes\":" << bytes << "}" << std::endl;
}

Xapian::Query read(const string& line) {
  const auto parts = split(line, '\t');
  vector<Xapian::Query> must, terms;
  for (const auto& word : split(parts.at(3), ' ')) must.emplace_back(word);
  for (const auto& text : split(parts.at(4), ' ')) {
    const auto at = text.find('^');
    terms.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(text.substr(0, at)), std::atof(text.c_str() + at + 1) / 1000);
  }
  return Xapian::Query(Xapian::Query::OP_FILTER, Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()),
                       Xapian::Query(Xapian::Query::OP_AND, must.begin(), must.end()));
}

void serve(const string& dir) {
  Xapian::Database db(dir + "/xapian");
  vector<Xapian::Query> queries;
  std::ifstream file(dir + "/queries.tsv");
  for (string line; std::getline(file, line);) queries.push_back(read(line));
  std::cout << "Xapian " << Xapian::version_string() << std::endl;
  for (string line; std::getline(std::cin, line);) {
    const auto begin = std::chrono::steady_clock::now();
    Xapian::Enquire enquire(db);
    enquire.set_weighting_scheme(Xapian::BM25Weight());
    enquire.set_query(queries.at(std::stoul(line)));
    const Xapian::MSet found = enquire.get_mset(0, 50);
    const auto took = std::chrono::steady_clock::now() - begin;
    std::ostringstream out;
    out << std::chrono::duration_cast<std::chrono::nanoseconds>(took).count() << " -1";
    for (auto hit = found.begin(); hit != found.end(); ++hit) out << ' ' << (*hit - 1);
    std::cout << out.str() << std::endl;
  }
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) {
    std::cerr << "usage: bench build|serve DIR" << std::endl;
    return 2;
  }
  try {
    if (string(words[1]) == "build")
      build(words[2]);
    else
      serve(words[2]);
  } catch (const Xapian::Error& e) {
    std::cerr << e.get_description() << std::endl;
    return 1;
  }
  return 0;
}
