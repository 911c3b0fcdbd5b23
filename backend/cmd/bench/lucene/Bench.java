// SPDX-License-Identifier: AGPL-3.0-or-later

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FilteredQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryWrapperFilter;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene in the comparison of cmd/bench: `Bench build DIR` makes its index from DIR/people.tsv,
 * `Bench serve DIR` answers the numbers of queries. Conditions are a filter that is not scored; the
 * other words are weighed by BM25 times the weight that the query gives them. The index is merged to
 * one segment, which is quickest.
 */
final class Bench {
  private static final String[] FIELDS = {"conditions", "coded", "title", "body"};
  private static final String LETTERS = "cktb";

  public static void main(String[] words) throws Exception {
    if (words.length != 2) {
      System.err.println("usage: Bench build|serve DIR");
      System.exit(2);
    }
    if (words[0].equals("build")) {
      build(words[1]);
    } else {
      serve(words[1]);
    }
  }

  private static void build(String dir) throws Exception {
    long begin = System.nanoTime();
    File path = new File(dir, "lucene");
    IndexWriterConfig config = new IndexWriterConfig(Version.LATEST, new WhitespaceAnalyzer());
    config.setRAMBufferSizeMB(256).setSimilarity(new BM25Similarity()).setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    FieldType type = new FieldType();
    type.setIndexed(true);
    type.setTokenized(true);
    type.setOmitNorms(true); // a word counts once, however long the profile is
    type.setIndexOptions(IndexOptions.DOCS_ONLY);
    try (IndexWriter writer = new IndexWriter(new MMapDirectory(path), config);
        BufferedReader people = Files.newBufferedReader(Paths.get(dir, "people.tsv"), StandardCharsets.UTF_8)) {
      for (String line; (line = people.readLine()) != null; ) {
        String[] parts = line.split("\t", -1);
        Document doc = new Document();
        for (int i = 0; i < FIELDS.length; i++) {
          doc.add(new Field(FIELDS[i], parts[i], type));
        }
        writer.addDocument(doc);
      }
      writer.forceMerge(1);
      writer.commit();
    }
    long bytes = 0;
    for (File file : path.listFiles()) {
      bytes += file.length();
    }
    System.out.println("{\"Seconds\":" + (System.nanoTime() - begin) / 1e9 + ",\"Bytes\":" + bytes + "}");
  }

  private static Query read(String line) {
    String[] parts = line.split("\t", -1);
    BooleanQuery must = new BooleanQuery(true);
    for (String word : parts[3].split(" ")) {
      must.add(new TermQuery(new Term(FIELDS[0], word)), Occur.MUST);
    }
    BooleanQuery terms = new BooleanQuery(true);
    for (String text : parts[4].split(" ")) {
      int at = text.indexOf('^');
      TermQuery one = new TermQuery(new Term(FIELDS[LETTERS.indexOf(text.charAt(0))], text.substring(0, at)));
      one.setBoost(Integer.parseInt(text.substring(at + 1)) / 1000f);
      terms.add(one, Occur.SHOULD);
    }
    return new FilteredQuery(terms, new QueryWrapperFilter(must));
  }

  private static void serve(String dir) throws Exception {
    BooleanQuery.setMaxClauseCount(4096);
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(new File(dir, "lucene"))));
    searcher.setSimilarity(new BM25Similarity());
    List<Query> queries = new ArrayList<>();
    for (String line : Files.readAllLines(Paths.get(dir, "queries.tsv"), StandardCharsets.UTF_8)) {
      queries.add(read(line));
    }
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    out.println("Lucene " + Version.LATEST + ", Java " + System.getProperty("java.version"));
    out.flush();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null; ) {
      Query query = queries.get(Integer.parseInt(line));
      long begin = System.nanoTime();
      TopDocs found = searcher.search(query, 50);
      long took = System.nanoTime() - begin;
      StringBuilder reply = new StringBuilder().append(took).append(" -1");
      for (ScoreDoc hit : found.scoreDocs) {
        reply.append(' ').append(hit.doc);
      }
      out.println(reply);
      out.flush();
    }
  }
}
