-- The tables of `quotekit convert --to sqlite`. An empty line ends a statement.
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT,
    author TEXT,
    published TEXT,
    url TEXT,
    language TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    length INTEGER NOT NULL,
    text TEXT,
    generator TEXT NOT NULL
)

CREATE TABLE IF NOT EXISTS speakers (
    document TEXT NOT NULL REFERENCES documents (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    role TEXT,
    affiliation TEXT,
    mentions INTEGER NOT NULL,
    first_mention INTEGER,
    record TEXT NOT NULL,
    PRIMARY KEY (document, id)
)

-- A number of its own: the rows of a search index must keep theirs, and VACUUM renumbers those of other tables.
CREATE TABLE IF NOT EXISTS quotes (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    act TEXT,
    polarity TEXT NOT NULL,
    modality TEXT NOT NULL,
    speaker TEXT,
    speaker_id TEXT,
    speaker_type TEXT,
    role TEXT,
    affiliation TEXT,
    speaker_confidence REAL,
    candidates TEXT,
    source TEXT,
    cue TEXT,
    cue_lemma TEXT,
    via TEXT,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    spans TEXT NOT NULL,
    page INTEGER,
    begins REAL,
    ends REAL,
    context_before TEXT,
    context_after TEXT,
    construction TEXT NOT NULL,
    confidence REAL NOT NULL,
    parent TEXT,
    fragment_url TEXT,
    record TEXT NOT NULL,
    UNIQUE (document, id)
)

CREATE TABLE IF NOT EXISTS claims (
    document TEXT NOT NULL REFERENCES documents (id),
    id TEXT NOT NULL,
    quote TEXT NOT NULL,
    text TEXT NOT NULL,
    speaker TEXT,
    stance TEXT NOT NULL,
    types TEXT NOT NULL,
    checkworthiness REAL NOT NULL,
    reasons TEXT NOT NULL,
    content TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (document, id)
)

CREATE INDEX IF NOT EXISTS quotes_by_speaker ON quotes (speaker)

CREATE INDEX IF NOT EXISTS claims_by_quote ON claims (document, quote)

CREATE VIRTUAL TABLE IF NOT EXISTS quotes_fts USING fts5 (
    text, speaker, source,
    content="quotes", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
)

CREATE TRIGGER IF NOT EXISTS quotes_inserted AFTER INSERT ON quotes BEGIN
    INSERT INTO quotes_fts (rowid, text, speaker, source) VALUES (new.number, new.text, new.speaker, new.source);
END

CREATE TRIGGER IF NOT EXISTS quotes_deleted AFTER DELETE ON quotes BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text, speaker, source)
        VALUES ('delete', old.number, old.text, old.speaker, old.source);
END

CREATE TRIGGER IF NOT EXISTS quotes_updated AFTER UPDATE ON quotes BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text, speaker, source)
        VALUES ('delete', old.number, old.text, old.speaker, old.source);
    INSERT INTO quotes_fts (rowid, text, speaker, source) VALUES (new.number, new.text, new.speaker, new.source);
END

CREATE VIEW IF NOT EXISTS quotes_full AS
    SELECT quotes.id, quotes.speaker, quotes.role, quotes.text, quotes.type, quotes.act, quotes.cue, quotes.source,
        quotes.confidence, documents.title, documents.published, documents.url, documents.source AS document_source,
        quotes.fragment_url, quotes.document, quotes.number
    FROM quotes JOIN documents ON documents.id = quotes.document
