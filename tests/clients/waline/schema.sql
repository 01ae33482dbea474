-- The tables that Waline's MySQL storage reads and writes, as far as comments and users need them.
CREATE TABLE wl_Comment (
  id INT AUTO_INCREMENT PRIMARY KEY, user_id INT, comment TEXT, insertedAt TIMESTAMP NULL, ip VARCHAR(100), link VARCHAR(255),
  mail VARCHAR(255), nick VARCHAR(255), pid INT, rid INT, sticky BOOLEAN, status VARCHAR(50), `like` INT, ua TEXT, url VARCHAR(255),
  createdAt TIMESTAMP NULL, updatedAt TIMESTAMP NULL
) DEFAULT CHARSET = utf8mb4;
CREATE TABLE wl_Users (
  id INT AUTO_INCREMENT PRIMARY KEY, display_name VARCHAR(255), email VARCHAR(255), password VARCHAR(255), type VARCHAR(50),
  label VARCHAR(255), url VARCHAR(255), avatar VARCHAR(255), `2fa` VARCHAR(32), createdAt TIMESTAMP NULL, updatedAt TIMESTAMP NULL
) DEFAULT CHARSET = utf8mb4;
